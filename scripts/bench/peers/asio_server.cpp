// Fast and slow responses over Boost.Asio and Google's protobuf, on one thread: what `wagons serve`
// is measured beside. It is meant to be as good as such a program gets without tricks: whatever one
// read brought is answered by one write, and messages and buffers are used again. Every request is
// parsed and every answer serialised by protobuf. The time is put into text for each answer, or,
// with `cache-time`, once per millisecond as `wagons serve` does.
//
//     asio_server PORT [cache-time]      (0: any free port)

#include <boost/asio.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <iostream>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "system_d.pb.h"

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using TestTask::Messages::WrapperMessage;

namespace {

// One read takes this much, and no frame is longer: requests have a few bytes.
constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr std::size_t kMaxLengthBytes = 5;
constexpr std::size_t kMaxBodyBytes = kBufferBytes - kMaxLengthBytes;

// While more than this waits for a client, its requests are not read.
constexpr std::size_t kMaxQueuedBytes = 1024 * 1024;

// Local time as YYYYMMDDThhmmss.fff
class Clock {
 public:
  explicit Clock(bool cached) : cached_(cached) {}

  const std::string& now() {
    using namespace std::chrono;
    const auto ms = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    if (!cached_ || ms != ms_) {
      ms_ = ms;
      const std::time_t seconds = ms / 1000;
      std::tm local{};
      localtime_r(&seconds, &local);
      char text[32];
      const std::size_t length = std::strftime(text, sizeof text, "%Y%m%dT%H%M%S", &local);
      std::snprintf(text + length, sizeof text - length, ".%03d", static_cast<int>(ms % 1000));
      text_ = text;
    }
    return text_;
  }

 private:
  const bool cached_;
  std::int64_t ms_ = -1;
  std::string text_;
};

// What the sessions share. There is one thread, so it needs no lock.
struct Shared {
  explicit Shared(bool cached) : clock(cached) {}

  Clock clock;
  std::uint32_t clients = 0;
  WrapperMessage request;
  WrapperMessage fast_answer;
  WrapperMessage slow_answer;
};

void append_frame(std::string& out, const WrapperMessage& message) {
  using google::protobuf::io::CodedOutputStream;
  const auto body = static_cast<std::uint32_t>(message.ByteSizeLong());
  const std::size_t begin = out.size();
  out.resize(begin + CodedOutputStream::VarintSize32(body) + body);
  auto* at = reinterpret_cast<std::uint8_t*>(&out[begin]);
  at = CodedOutputStream::WriteVarint32ToArray(body, at);
  message.SerializeWithCachedSizesToArray(at);
}

enum class Parsed { kWhole, kPartial, kBroken };

// Reads the frame's length at `at` and moves `at` behind it.
Parsed parse_length(const std::uint8_t*& at, const std::uint8_t* end, std::uint32_t& length) {
  std::uint32_t value = 0;
  const std::uint8_t* next = at;
  for (std::size_t i = 0; i < kMaxLengthBytes; ++i) {
    if (next == end) return Parsed::kPartial;
    const std::uint8_t byte = *next++;
    value |= static_cast<std::uint32_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      at = next;
      length = value;
      return value <= kMaxBodyBytes ? Parsed::kWhole : Parsed::kBroken;
    }
  }
  return Parsed::kBroken;
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : socket_(std::move(socket)), shared_(shared) {
    ++shared_.clients;
  }

  ~Session() {
    if (open_) --shared_.clients;
  }

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    error_code ignored;  // It only costs time where it cannot be set.
    socket_.set_option(tcp::no_delay(true), ignored);
    read();
  }

 private:
  void read() {
    reading_ = true;
    socket_.async_read_some(asio::buffer(in_.data() + filled_, in_.size() - filled_),
                            [self = shared_from_this()](error_code error, std::size_t bytes) {
                              self->reading_ = false;
                              self->on_read(error, bytes);
                            });
  }

  void on_read(error_code error, std::size_t bytes) {
    if (!open_) return;
    if (error) return close();
    filled_ += bytes;
    if (!handle_frames()) return close();
    write();
    read_on();
  }

  // Reads again unless a read is under way or the client takes its answers too slowly.
  void read_on() {
    if (!reading_ && queued_.size() < kMaxQueuedBytes) read();
  }

  // Answers every whole frame; false when what came is no frame or no message.
  bool handle_frames() {
    const std::uint8_t* at = in_.data();
    const std::uint8_t* const end = at + filled_;
    while (at != end) {
      const std::uint8_t* body = at;
      std::uint32_t length = 0;
      const Parsed parsed = parse_length(body, end, length);
      if (parsed == Parsed::kBroken) return false;
      if (parsed == Parsed::kPartial || static_cast<std::size_t>(end - body) < length) break;
      if (!shared_.request.ParseFromArray(body, static_cast<int>(length))) return false;
      handle(shared_.request);
      at = body + length;
    }
    filled_ = static_cast<std::size_t>(end - at);
    if (filled_ > 0) std::memmove(in_.data(), at, filled_);
    return true;
  }

  void handle(const WrapperMessage& request) {
    if (request.has_request_for_fast_response()) {
      WrapperMessage& answer = shared_.fast_answer;
      answer.mutable_fast_response()->set_current_date_time(shared_.clock.now());
      append_frame(queued_, answer);
    } else if (request.has_request_for_slow_response()) {
      sleep(request.request_for_slow_response().time_in_seconds_to_sleep());
    }
  }

  void sleep(std::uint32_t seconds) {
    const auto timer = timers_.emplace(timers_.end(), socket_.get_executor());
    timer->expires_after(std::chrono::seconds(seconds));
    timer->async_wait(
        [self = shared_from_this(), timer, clients = shared_.clients](error_code error) {
          self->timers_.erase(timer);
          if (error || !self->open_) return;
          WrapperMessage& answer = self->shared_.slow_answer;
          answer.mutable_slow_response()->set_connected_client_count(clients);
          append_frame(self->queued_, answer);
          self->write();
        });
  }

  // Writes all that is queued, unless a write is under way: its end calls this again.
  void write() {
    if (!writing_.empty() || queued_.empty()) return;
    writing_.swap(queued_);
    asio::async_write(socket_, asio::buffer(writing_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        self->on_written(error);
                      });
  }

  void on_written(error_code error) {
    writing_.clear();
    if (!open_) return;
    if (error) return close();
    write();
    read_on();
  }

  void close() {
    open_ = false;
    --shared_.clients;
    error_code ignored;  // The client has left or is sent away: there is nobody to tell.
    socket_.close(ignored);
    for (auto& timer : timers_) timer.cancel();
  }

  tcp::socket socket_;
  Shared& shared_;
  std::vector<std::uint8_t> in_ = std::vector<std::uint8_t>(kBufferBytes);
  std::size_t filled_ = 0;
  std::string queued_;
  std::string writing_;
  std::list<asio::steady_timer> timers_;
  bool reading_ = false;
  bool open_ = true;
};

class Server {
 public:
  Server(asio::io_context& io, std::uint16_t port, Shared& shared)
      : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), port)),
        retry_(io),
        shared_(shared) {
    accept();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!error) {
        std::make_shared<Session>(std::move(socket), shared_)->start();
        return accept();
      }
      if (error == asio::error::operation_aborted) return;
      // Most likely there are too many open files: leave time for some to be closed.
      std::cerr << "cannot accept: " << error.message() << '\n';
      retry_.expires_after(std::chrono::milliseconds(100));
      retry_.async_wait([this](error_code aborted) {
        if (!aborted) accept();
      });
    });
  }

  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  Shared& shared_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    char* end = nullptr;
    const bool cached = argc == 3 && std::strcmp(argv[2], "cache-time") == 0;
    const unsigned long port = argc == 2 || cached ? std::strtoul(argv[1], &end, 10) : 65536;
    if (port > 65535 || end == argv[1] || *end != '\0') {
      std::cerr << "usage: asio_server PORT [cache-time]\n";
      return 2;
    }
    Shared shared(cached);  // Outlives `io`, which the last sessions end with.
    asio::io_context io(1);
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&io](error_code, int) { io.stop(); });
    Server server(io, static_cast<std::uint16_t>(port), shared);
    std::cout << R"({"event":"listening","url":"tcp://127.0.0.1:)" << server.port() << "\"}"
              << std::endl;
    io.run();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "asio_server: " << error.what() << '\n';
    return 1;
  }
}
