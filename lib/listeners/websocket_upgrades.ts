import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
// @ts-types="@types/ws"
import { type ServerOptions, WebSocketServer } from "ws";
import { LINGER_MS } from "../limits/connections.ts";
import { MAX_TOKEN_PIECES, MAX_WEBSOCKET_FRAGMENTS } from "../limits/http.ts";
import type { HttpConnection } from "./http_connection.ts";
import { plain } from "./http_reply.ts";
import { pathOf } from "./http_routes.ts";
import { WebSocketPeer, type WebSocketShared } from "./websocket_peer.ts";

/** The paths at which a WebSocket is opened: programs of system B know no path. */
const PATHS = ["/ws", "/"];

/** Makes WebSockets of connections. */
export class WebSocketUpgrades {
  readonly #shared: WebSocketShared;
  readonly #server: WebSocketServer;

  /** Takes what all have in common, and the longest message. */
  constructor(shared: WebSocketShared, maxMessageBytes: number) {
    this.#shared = shared;
    const options: ServerOptions & Record<string, unknown> = {
      noServer: true,
      clientTracking: false,
      // What one byte can become would have to be bounded too, and tokens do not get shorter.
      perMessageDeflate: false,
      maxPayload: maxMessageBytes,
      maxFragments: MAX_WEBSOCKET_FRAGMENTS,
      maxBufferedChunks: MAX_TOKEN_PIECES,
      closeTimeout: LINGER_MS,
      // Pings are answered by the peer itself, which says so when there are too many.
      autoPong: false,
    };
    this.#server = new WebSocketServer(options);
  }

  /** Makes a WebSocket of a connection whose peer asks for it, or says why not. */
  open(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    connection: HttpConnection,
  ): void {
    if (connection.ending !== undefined) return;
    if (connection.isAnswering) {
      return connection.cut("asked for a WebSocket without waiting for its answers");
    }
    if (!PATHS.includes(pathOf(request.url))) {
      const reply = plain(404, `There is no WebSocket here: it is at ${PATHS[0]}.`);
      return connection.refuseRest(reply, "asked for a WebSocket where there is none");
    }
    if (this.#shared.hub.draining.aborted) {
      return connection.refuseRest(plain(503, "This server is stopping."), "the server stopped");
    }
    const refuse = (error: Error) => {
      const reply = plain(400, `This is no request for a WebSocket: ${error.message}.`);
      connection.refuseRest(reply, "asked for a WebSocket in no known way");
    };
    this.#server.once("wsClientError", refuse);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const peer = new WebSocketPeer(webSocket, socket, connection, this.#shared);
      // Before what takes the messages apart, so that it is known how far they have come. It is added
      // after that, or what came right behind the request would go to this one alone.
      socket.prependListener("data", (bytes: Buffer) => peer.see(bytes));
      connection.upgrade(peer);
    });
    this.#server.off("wsClientError", refuse);
  }
}
