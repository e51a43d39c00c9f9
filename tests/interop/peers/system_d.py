"""Frames of system D over Google's protobuf: the varint32 length of a WrapperMessage, and then the
message. The classes are built here from their descriptors, so that no protoc is needed.
"""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_Field = descriptor_pb2.FieldDescriptorProto

PACKAGE = "TestTask.Messages"
MAX_LENGTH_BYTES = 5

# Each message's fields in the order of their numbers, from 1: name, label, type. A type that is a
# text is the name of a message.
_MESSAGES = {
    "FastResponse": [("current_date_time", _Field.LABEL_REQUIRED, _Field.TYPE_STRING)],
    "SlowResponse": [("connected_client_count", _Field.LABEL_REQUIRED, _Field.TYPE_UINT32)],
    "RequestForFastResponse": [],
    "RequestForSlowResponse": [
        ("time_in_seconds_to_sleep", _Field.LABEL_REQUIRED, _Field.TYPE_UINT32)
    ],
    "WrapperMessage": [
        ("fast_response", _Field.LABEL_OPTIONAL, "FastResponse"),
        ("slow_response", _Field.LABEL_OPTIONAL, "SlowResponse"),
        ("request_for_fast_response", _Field.LABEL_OPTIONAL, "RequestForFastResponse"),
        ("request_for_slow_response", _Field.LABEL_OPTIONAL, "RequestForSlowResponse"),
    ],
}


def _build_wrapper():
    file = descriptor_pb2.FileDescriptorProto(
        name="system_d.proto", package=PACKAGE, syntax="proto2"
    )
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for number, (name, label, kind) in enumerate(fields, 1):
            field = message.field.add(name=name, number=number, label=label)
            if isinstance(kind, str):
                field.type = _Field.TYPE_MESSAGE
                field.type_name = f".{PACKAGE}.{kind}"
            else:
                field.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    descriptor = pool.FindMessageTypeByName(f"{PACKAGE}.WrapperMessage")
    if hasattr(message_factory, "GetMessageClass"):  # since 4.22
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


WrapperMessage = _build_wrapper()


def fast_request():
    """The frame of a RequestForFastResponse."""
    message = WrapperMessage()
    message.request_for_fast_response.SetInParent()
    return frame(message.SerializeToString())


def slow_request(seconds):
    """The frame of a RequestForSlowResponse."""
    message = WrapperMessage()
    message.request_for_slow_response.time_in_seconds_to_sleep = seconds
    return frame(message.SerializeToString())


def frame(body):
    """The body with its length before it."""
    length = len(body)
    head = bytearray()
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    head.append(length)
    return bytes(head) + body


def take_frames(buffer):
    """Takes all whole frames out of a bytearray and gives their bodies."""
    bodies = []
    at = 0
    while (head := _read_length(buffer, at)) is not None:
        length, body = head
        if len(buffer) - body < length:
            break
        at = body + length
        bodies.append(bytes(buffer[body:at]))
    del buffer[:at]
    return bodies


def _read_length(buffer, at):
    length = 0
    for i in range(MAX_LENGTH_BYTES):
        if at + i == len(buffer):
            return None
        byte = buffer[at + i]
        length |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return length, at + i + 1
    raise ValueError(f"a length of more than {MAX_LENGTH_BYTES} bytes")
