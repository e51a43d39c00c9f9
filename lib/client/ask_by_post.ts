import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { ProtocolError } from "../errors.ts";
import type { TokenSeal } from "../token_seal.ts";
import type { TokenMessage } from "../wire/token_message.ts";
import { readToken } from "./hear.ts";
import { HttpStatusError } from "./http_status.ts";
import { errorAnswer, isErrorMessage, unreadableAnswer } from "./message_answer.ts";
import { type PostOptions, postToken } from "./post_token.ts";

/**
 * Posts a token to an `http://` server and opens the token that answers it.
 *
 * @param onAnswer Is given the message of the answer, also of one that is an error.
 * @throws what {@linkcode postToken} throws, and {@linkcode RefusedError} when the answer is an error or
 * does not open.
 */
export async function askByPost(
  endpoint: Endpoint,
  token: string,
  seal: TokenSeal,
  options: PostOptions,
  onAnswer: (message: TokenMessage) => void = () => {},
): Promise<TokenMessage> {
  const url = formatEndpoint(endpoint);
  const { status, words, body } = await postToken(endpoint, token, options);
  const isSuccess = status >= 200 && status < 300;
  const read = readToken(seal, body);
  if ("why" in read) {
    const unreadable = unreadableAnswer(url, read.why);
    // An error page is no token; a token of another key explains the status.
    const explains = isSuccess || !(unreadable instanceof ProtocolError);
    throw explains ? unreadable : new HttpStatusError(url, status, words);
  }
  onAnswer(read.message);
  if (!isSuccess || isErrorMessage(read.message)) throw errorAnswer(url, read.message);
  return read.message;
}
