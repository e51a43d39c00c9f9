/* @ts-self-types="./wagons_pb.d.ts" */
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const TestTask = $root.TestTask = (() => {

    /**
     * Namespace TestTask.
     * @exports TestTask
     * @namespace
     */
    const TestTask = {};

    TestTask.Messages = (function() {

        /**
         * Namespace Messages.
         * @memberof TestTask
         * @namespace
         */
        const Messages = {};

        Messages.FastResponse = (function() {

            /**
             * Properties of a FastResponse.
             * @typedef {Object} TestTask.Messages.FastResponse.$Properties
             * @property {string} currentDateTime FastResponse currentDateTime
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FastResponse.
             * @memberof TestTask.Messages
             * @interface IFastResponse
             * @augments TestTask.Messages.FastResponse.$Properties
             * @deprecated Use TestTask.Messages.FastResponse.$Properties instead.
             */

            /**
             * Shape of a FastResponse.
             * @typedef {TestTask.Messages.FastResponse.$Properties} TestTask.Messages.FastResponse.$Shape
             */

            /**
             * Constructs a new FastResponse.
             * @memberof TestTask.Messages
             * @classdesc Represents a FastResponse.
             * @constructor
             * @param {TestTask.Messages.FastResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FastResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FastResponse currentDateTime.
             * @member {string} currentDateTime
             * @memberof TestTask.Messages.FastResponse
             * @instance
             */
            FastResponse.prototype.currentDateTime = "";

            /**
             * Encodes the specified FastResponse message. Does not implicitly {@link TestTask.Messages.FastResponse.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FastResponse
             * @static
             * @param {TestTask.Messages.FastResponse.$Properties} message FastResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FastResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.currentDateTime);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FastResponse message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FastResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FastResponse & TestTask.Messages.FastResponse.$Shape} FastResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FastResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.FastResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.currentDateTime = reader.string();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "currentDateTime"))
                    throw $util.ProtocolError("missing required 'currentDateTime'", { instance: message });
                return message;
            };

            return FastResponse;
        })();

        Messages.SlowResponse = (function() {

            /**
             * Properties of a SlowResponse.
             * @typedef {Object} TestTask.Messages.SlowResponse.$Properties
             * @property {number} connectedClientCount SlowResponse connectedClientCount
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SlowResponse.
             * @memberof TestTask.Messages
             * @interface ISlowResponse
             * @augments TestTask.Messages.SlowResponse.$Properties
             * @deprecated Use TestTask.Messages.SlowResponse.$Properties instead.
             */

            /**
             * Shape of a SlowResponse.
             * @typedef {TestTask.Messages.SlowResponse.$Properties} TestTask.Messages.SlowResponse.$Shape
             */

            /**
             * Constructs a new SlowResponse.
             * @memberof TestTask.Messages
             * @classdesc Represents a SlowResponse.
             * @constructor
             * @param {TestTask.Messages.SlowResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SlowResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SlowResponse connectedClientCount.
             * @member {number} connectedClientCount
             * @memberof TestTask.Messages.SlowResponse
             * @instance
             */
            SlowResponse.prototype.connectedClientCount = 0;

            /**
             * Encodes the specified SlowResponse message. Does not implicitly {@link TestTask.Messages.SlowResponse.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.SlowResponse
             * @static
             * @param {TestTask.Messages.SlowResponse.$Properties} message SlowResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SlowResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.connectedClientCount);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SlowResponse message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.SlowResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.SlowResponse & TestTask.Messages.SlowResponse.$Shape} SlowResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SlowResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.SlowResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.connectedClientCount = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "connectedClientCount"))
                    throw $util.ProtocolError("missing required 'connectedClientCount'", { instance: message });
                return message;
            };

            return SlowResponse;
        })();

        Messages.RequestForFastResponse = (function() {

            /**
             * Properties of a RequestForFastResponse.
             * @typedef {Object} TestTask.Messages.RequestForFastResponse.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RequestForFastResponse.
             * @memberof TestTask.Messages
             * @interface IRequestForFastResponse
             * @augments TestTask.Messages.RequestForFastResponse.$Properties
             * @deprecated Use TestTask.Messages.RequestForFastResponse.$Properties instead.
             */

            /**
             * Shape of a RequestForFastResponse.
             * @typedef {TestTask.Messages.RequestForFastResponse.$Properties} TestTask.Messages.RequestForFastResponse.$Shape
             */

            /**
             * Constructs a new RequestForFastResponse.
             * @memberof TestTask.Messages
             * @classdesc Represents a RequestForFastResponse.
             * @constructor
             * @param {TestTask.Messages.RequestForFastResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RequestForFastResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified RequestForFastResponse message. Does not implicitly {@link TestTask.Messages.RequestForFastResponse.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.RequestForFastResponse
             * @static
             * @param {TestTask.Messages.RequestForFastResponse.$Properties} message RequestForFastResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RequestForFastResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RequestForFastResponse message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.RequestForFastResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.RequestForFastResponse & TestTask.Messages.RequestForFastResponse.$Shape} RequestForFastResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RequestForFastResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.RequestForFastResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RequestForFastResponse;
        })();

        Messages.RequestForSlowResponse = (function() {

            /**
             * Properties of a RequestForSlowResponse.
             * @typedef {Object} TestTask.Messages.RequestForSlowResponse.$Properties
             * @property {number} timeInSecondsToSleep RequestForSlowResponse timeInSecondsToSleep
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RequestForSlowResponse.
             * @memberof TestTask.Messages
             * @interface IRequestForSlowResponse
             * @augments TestTask.Messages.RequestForSlowResponse.$Properties
             * @deprecated Use TestTask.Messages.RequestForSlowResponse.$Properties instead.
             */

            /**
             * Shape of a RequestForSlowResponse.
             * @typedef {TestTask.Messages.RequestForSlowResponse.$Properties} TestTask.Messages.RequestForSlowResponse.$Shape
             */

            /**
             * Constructs a new RequestForSlowResponse.
             * @memberof TestTask.Messages
             * @classdesc Represents a RequestForSlowResponse.
             * @constructor
             * @param {TestTask.Messages.RequestForSlowResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RequestForSlowResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RequestForSlowResponse timeInSecondsToSleep.
             * @member {number} timeInSecondsToSleep
             * @memberof TestTask.Messages.RequestForSlowResponse
             * @instance
             */
            RequestForSlowResponse.prototype.timeInSecondsToSleep = 0;

            /**
             * Encodes the specified RequestForSlowResponse message. Does not implicitly {@link TestTask.Messages.RequestForSlowResponse.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.RequestForSlowResponse
             * @static
             * @param {TestTask.Messages.RequestForSlowResponse.$Properties} message RequestForSlowResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RequestForSlowResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.timeInSecondsToSleep);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RequestForSlowResponse message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.RequestForSlowResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.RequestForSlowResponse & TestTask.Messages.RequestForSlowResponse.$Shape} RequestForSlowResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RequestForSlowResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.RequestForSlowResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.timeInSecondsToSleep = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "timeInSecondsToSleep"))
                    throw $util.ProtocolError("missing required 'timeInSecondsToSleep'", { instance: message });
                return message;
            };

            return RequestForSlowResponse;
        })();

        Messages.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} TestTask.Messages.Hello.$Properties
             * @property {number} version Hello version
             * @property {Uint8Array} nonce Hello nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof TestTask.Messages
             * @interface IHello
             * @augments TestTask.Messages.Hello.$Properties
             * @deprecated Use TestTask.Messages.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {TestTask.Messages.Hello.$Properties} TestTask.Messages.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof TestTask.Messages
             * @classdesc Represents a Hello.
             * @constructor
             * @param {TestTask.Messages.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello version.
             * @member {number} version
             * @memberof TestTask.Messages.Hello
             * @instance
             */
            Hello.prototype.version = 0;

            /**
             * Hello nonce.
             * @member {Uint8Array} nonce
             * @memberof TestTask.Messages.Hello
             * @instance
             */
            Hello.prototype.nonce = $util.newBuffer([]);

            /**
             * Encodes the specified Hello message. Does not implicitly {@link TestTask.Messages.Hello.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Hello
             * @static
             * @param {TestTask.Messages.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Hello & TestTask.Messages.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.nonce = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "nonce"))
                    throw $util.ProtocolError("missing required 'nonce'", { instance: message });
                return message;
            };

            return Hello;
        })();

        Messages.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} TestTask.Messages.Welcome.$Properties
             * @property {number} version Welcome version
             * @property {Uint8Array} nonce Welcome nonce
             * @property {number} maxMessageBytes Welcome maxMessageBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof TestTask.Messages
             * @interface IWelcome
             * @augments TestTask.Messages.Welcome.$Properties
             * @deprecated Use TestTask.Messages.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {TestTask.Messages.Welcome.$Properties} TestTask.Messages.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof TestTask.Messages
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {TestTask.Messages.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome version.
             * @member {number} version
             * @memberof TestTask.Messages.Welcome
             * @instance
             */
            Welcome.prototype.version = 0;

            /**
             * Welcome nonce.
             * @member {Uint8Array} nonce
             * @memberof TestTask.Messages.Welcome
             * @instance
             */
            Welcome.prototype.nonce = $util.newBuffer([]);

            /**
             * Welcome maxMessageBytes.
             * @member {number} maxMessageBytes
             * @memberof TestTask.Messages.Welcome
             * @instance
             */
            Welcome.prototype.maxMessageBytes = 0;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link TestTask.Messages.Welcome.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Welcome
             * @static
             * @param {TestTask.Messages.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.nonce);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxMessageBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Welcome & TestTask.Messages.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.nonce = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.maxMessageBytes = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "nonce"))
                    throw $util.ProtocolError("missing required 'nonce'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "maxMessageBytes"))
                    throw $util.ProtocolError("missing required 'maxMessageBytes'", { instance: message });
                return message;
            };

            return Welcome;
        })();

        Messages.Sealed = (function() {

            /**
             * Properties of a Sealed.
             * @typedef {Object} TestTask.Messages.Sealed.$Properties
             * @property {Uint8Array} body Sealed body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Sealed.
             * @memberof TestTask.Messages
             * @interface ISealed
             * @augments TestTask.Messages.Sealed.$Properties
             * @deprecated Use TestTask.Messages.Sealed.$Properties instead.
             */

            /**
             * Shape of a Sealed.
             * @typedef {TestTask.Messages.Sealed.$Properties} TestTask.Messages.Sealed.$Shape
             */

            /**
             * Constructs a new Sealed.
             * @memberof TestTask.Messages
             * @classdesc Represents a Sealed.
             * @constructor
             * @param {TestTask.Messages.Sealed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Sealed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Sealed body.
             * @member {Uint8Array} body
             * @memberof TestTask.Messages.Sealed
             * @instance
             */
            Sealed.prototype.body = $util.newBuffer([]);

            /**
             * Encodes the specified Sealed message. Does not implicitly {@link TestTask.Messages.Sealed.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Sealed
             * @static
             * @param {TestTask.Messages.Sealed.$Properties} message Sealed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Sealed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.body);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Sealed message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Sealed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Sealed & TestTask.Messages.Sealed.$Shape} Sealed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Sealed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Sealed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.body = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "body"))
                    throw $util.ProtocolError("missing required 'body'", { instance: message });
                return message;
            };

            return Sealed;
        })();

        Messages.Refusal = (function() {

            /**
             * Properties of a Refusal.
             * @typedef {Object} TestTask.Messages.Refusal.$Properties
             * @property {TestTask.Messages.Refusal.Code|null} [code] Refusal code
             * @property {string} text Refusal text
             * @property {Uint8Array|null} [id] Refusal id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Refusal.
             * @memberof TestTask.Messages
             * @interface IRefusal
             * @augments TestTask.Messages.Refusal.$Properties
             * @deprecated Use TestTask.Messages.Refusal.$Properties instead.
             */

            /**
             * Shape of a Refusal.
             * @typedef {TestTask.Messages.Refusal.$Properties} TestTask.Messages.Refusal.$Shape
             */

            /**
             * Constructs a new Refusal.
             * @memberof TestTask.Messages
             * @classdesc Represents a Refusal.
             * @constructor
             * @param {TestTask.Messages.Refusal.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Refusal = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Refusal code.
             * @member {TestTask.Messages.Refusal.Code} code
             * @memberof TestTask.Messages.Refusal
             * @instance
             */
            Refusal.prototype.code = 0;

            /**
             * Refusal text.
             * @member {string} text
             * @memberof TestTask.Messages.Refusal
             * @instance
             */
            Refusal.prototype.text = "";

            /**
             * Refusal id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.Refusal
             * @instance
             */
            Refusal.prototype.id = $util.newBuffer([]);

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link TestTask.Messages.Refusal.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Refusal
             * @static
             * @param {TestTask.Messages.Refusal.$Properties} message Refusal message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Refusal.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.code);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Refusal
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Refusal & TestTask.Messages.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Refusal.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Refusal();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            value = reader.int32();
                            if ($root.TestTask.Messages.Refusal.Code[value] !== $undefined)
                                message.code = value;
                            else if (!reader.discardUnknown) {
                                $util.makeProp(message, "$unknowns", false);
                                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                            }
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.text = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.id = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "text"))
                    throw $util.ProtocolError("missing required 'text'", { instance: message });
                return message;
            };

            /**
             * Code enum.
             * @name TestTask.Messages.Refusal.Code
             * @enum {number}
             * @property {number} UNKNOWN=0 UNKNOWN value
             * @property {number} BROKEN_FRAME=1 BROKEN_FRAME value
             * @property {number} FRAME_TOO_LARGE=2 FRAME_TOO_LARGE value
             * @property {number} FRAME_TIMED_OUT=3 FRAME_TIMED_OUT value
             * @property {number} TOO_MANY_CONNECTIONS=4 TOO_MANY_CONNECTIONS value
             * @property {number} TOO_MANY_SLEEPING=5 TOO_MANY_SLEEPING value
             * @property {number} UNSUPPORTED=6 UNSUPPORTED value
             * @property {number} INVALID=7 INVALID value
             * @property {number} FORBIDDEN=8 FORBIDDEN value
             * @property {number} SHUTTING_DOWN=9 SHUTTING_DOWN value
             * @property {number} FAILED=10 FAILED value
             * @property {number} SEAL_REQUIRED=11 SEAL_REQUIRED value
             * @property {number} NO_KEY=12 NO_KEY value
             * @property {number} WRONG_KEY=13 WRONG_KEY value
             * @property {number} BROKEN_SEAL=14 BROKEN_SEAL value
             * @property {number} PROOF_TIMED_OUT=15 PROOF_TIMED_OUT value
             * @property {number} TOO_MANY_FAILED_PROOFS=16 TOO_MANY_FAILED_PROOFS value
             * @property {number} UNSUPPORTED_VERSION=17 UNSUPPORTED_VERSION value
             */
            Refusal.Code = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "UNKNOWN"] = 0;
                values[valuesById[1] = "BROKEN_FRAME"] = 1;
                values[valuesById[2] = "FRAME_TOO_LARGE"] = 2;
                values[valuesById[3] = "FRAME_TIMED_OUT"] = 3;
                values[valuesById[4] = "TOO_MANY_CONNECTIONS"] = 4;
                values[valuesById[5] = "TOO_MANY_SLEEPING"] = 5;
                values[valuesById[6] = "UNSUPPORTED"] = 6;
                values[valuesById[7] = "INVALID"] = 7;
                values[valuesById[8] = "FORBIDDEN"] = 8;
                values[valuesById[9] = "SHUTTING_DOWN"] = 9;
                values[valuesById[10] = "FAILED"] = 10;
                values[valuesById[11] = "SEAL_REQUIRED"] = 11;
                values[valuesById[12] = "NO_KEY"] = 12;
                values[valuesById[13] = "WRONG_KEY"] = 13;
                values[valuesById[14] = "BROKEN_SEAL"] = 14;
                values[valuesById[15] = "PROOF_TIMED_OUT"] = 15;
                values[valuesById[16] = "TOO_MANY_FAILED_PROOFS"] = 16;
                values[valuesById[17] = "UNSUPPORTED_VERSION"] = 17;
                return values;
            })();

            return Refusal;
        })();

        Messages.Manifest = (function() {

            /**
             * Properties of a Manifest.
             * @typedef {Object} TestTask.Messages.Manifest.$Properties
             * @property {Uint8Array} id Manifest id
             * @property {string} source Manifest source
             * @property {number|Long} madeAtMs Manifest madeAtMs
             * @property {Array.<TestTask.Messages.Manifest.Entry.$Properties>|null} [entries] Manifest entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Manifest.
             * @memberof TestTask.Messages
             * @interface IManifest
             * @augments TestTask.Messages.Manifest.$Properties
             * @deprecated Use TestTask.Messages.Manifest.$Properties instead.
             */

            /**
             * Shape of a Manifest.
             * @typedef {TestTask.Messages.Manifest.$Properties} TestTask.Messages.Manifest.$Shape
             */

            /**
             * Constructs a new Manifest.
             * @memberof TestTask.Messages
             * @classdesc Represents a Manifest.
             * @constructor
             * @param {TestTask.Messages.Manifest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Manifest = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Manifest id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.Manifest
             * @instance
             */
            Manifest.prototype.id = $util.newBuffer([]);

            /**
             * Manifest source.
             * @member {string} source
             * @memberof TestTask.Messages.Manifest
             * @instance
             */
            Manifest.prototype.source = "";

            /**
             * Manifest madeAtMs.
             * @member {number|Long} madeAtMs
             * @memberof TestTask.Messages.Manifest
             * @instance
             */
            Manifest.prototype.madeAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Manifest entries.
             * @member {Array.<TestTask.Messages.Manifest.Entry.$Properties>} entries
             * @memberof TestTask.Messages.Manifest
             * @instance
             */
            Manifest.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified Manifest message. Does not implicitly {@link TestTask.Messages.Manifest.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Manifest
             * @static
             * @param {TestTask.Messages.Manifest.$Properties} message Manifest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Manifest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.source);
                writer.uint32(/* id 3, wireType 0 =*/24).int64(message.madeAtMs);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.TestTask.Messages.Manifest.Entry.encode(message.entries[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Manifest message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Manifest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Manifest & TestTask.Messages.Manifest.$Shape} Manifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Manifest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Manifest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.id = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.source = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.madeAtMs = reader.int64();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.TestTask.Messages.Manifest.Entry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "source"))
                    throw $util.ProtocolError("missing required 'source'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "madeAtMs"))
                    throw $util.ProtocolError("missing required 'madeAtMs'", { instance: message });
                return message;
            };

            Manifest.Entry = (function() {

                /**
                 * Properties of an Entry.
                 * @typedef {Object} TestTask.Messages.Manifest.Entry.$Properties
                 * @property {string} city Entry city
                 * @property {number} wagons Entry wagons
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Entry.
                 * @memberof TestTask.Messages.Manifest
                 * @interface IEntry
                 * @augments TestTask.Messages.Manifest.Entry.$Properties
                 * @deprecated Use TestTask.Messages.Manifest.Entry.$Properties instead.
                 */

                /**
                 * Shape of an Entry.
                 * @typedef {TestTask.Messages.Manifest.Entry.$Properties} TestTask.Messages.Manifest.Entry.$Shape
                 */

                /**
                 * Constructs a new Entry.
                 * @memberof TestTask.Messages.Manifest
                 * @classdesc Represents an Entry.
                 * @constructor
                 * @param {TestTask.Messages.Manifest.Entry.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Entry = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Entry city.
                 * @member {string} city
                 * @memberof TestTask.Messages.Manifest.Entry
                 * @instance
                 */
                Entry.prototype.city = "";

                /**
                 * Entry wagons.
                 * @member {number} wagons
                 * @memberof TestTask.Messages.Manifest.Entry
                 * @instance
                 */
                Entry.prototype.wagons = 0;

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link TestTask.Messages.Manifest.Entry.verify|verify} messages.
                 * @function encode
                 * @memberof TestTask.Messages.Manifest.Entry
                 * @static
                 * @param {TestTask.Messages.Manifest.Entry.$Properties} message Entry message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Entry.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.city);
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.wagons);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @function decode
                 * @memberof TestTask.Messages.Manifest.Entry
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {TestTask.Messages.Manifest.Entry & TestTask.Messages.Manifest.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Entry.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.TestTask.Messages.Manifest.Entry();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.city = reader.string();
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.wagons = reader.uint32();
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    if (!$Object.hasOwnProperty.call(message, "city"))
                        throw $util.ProtocolError("missing required 'city'", { instance: message });
                    if (!$Object.hasOwnProperty.call(message, "wagons"))
                        throw $util.ProtocolError("missing required 'wagons'", { instance: message });
                    return message;
                };

                return Entry;
            })();

            return Manifest;
        })();

        Messages.Receipt = (function() {

            /**
             * Properties of a Receipt.
             * @typedef {Object} TestTask.Messages.Receipt.$Properties
             * @property {Uint8Array} id Receipt id
             * @property {number|Long} storedAtMs Receipt storedAtMs
             * @property {boolean} duplicate Receipt duplicate
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Receipt.
             * @memberof TestTask.Messages
             * @interface IReceipt
             * @augments TestTask.Messages.Receipt.$Properties
             * @deprecated Use TestTask.Messages.Receipt.$Properties instead.
             */

            /**
             * Shape of a Receipt.
             * @typedef {TestTask.Messages.Receipt.$Properties} TestTask.Messages.Receipt.$Shape
             */

            /**
             * Constructs a new Receipt.
             * @memberof TestTask.Messages
             * @classdesc Represents a Receipt.
             * @constructor
             * @param {TestTask.Messages.Receipt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Receipt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Receipt id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.Receipt
             * @instance
             */
            Receipt.prototype.id = $util.newBuffer([]);

            /**
             * Receipt storedAtMs.
             * @member {number|Long} storedAtMs
             * @memberof TestTask.Messages.Receipt
             * @instance
             */
            Receipt.prototype.storedAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Receipt duplicate.
             * @member {boolean} duplicate
             * @memberof TestTask.Messages.Receipt
             * @instance
             */
            Receipt.prototype.duplicate = false;

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link TestTask.Messages.Receipt.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Receipt
             * @static
             * @param {TestTask.Messages.Receipt.$Properties} message Receipt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Receipt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 0 =*/16).int64(message.storedAtMs);
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.duplicate);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Receipt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Receipt & TestTask.Messages.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Receipt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Receipt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.id = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.storedAtMs = reader.int64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.duplicate = reader.bool();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "storedAtMs"))
                    throw $util.ProtocolError("missing required 'storedAtMs'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "duplicate"))
                    throw $util.ProtocolError("missing required 'duplicate'", { instance: message });
                return message;
            };

            return Receipt;
        })();

        Messages.Shutdown = (function() {

            /**
             * Properties of a Shutdown.
             * @typedef {Object} TestTask.Messages.Shutdown.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Shutdown.
             * @memberof TestTask.Messages
             * @interface IShutdown
             * @augments TestTask.Messages.Shutdown.$Properties
             * @deprecated Use TestTask.Messages.Shutdown.$Properties instead.
             */

            /**
             * Shape of a Shutdown.
             * @typedef {TestTask.Messages.Shutdown.$Properties} TestTask.Messages.Shutdown.$Shape
             */

            /**
             * Constructs a new Shutdown.
             * @memberof TestTask.Messages
             * @classdesc Represents a Shutdown.
             * @constructor
             * @param {TestTask.Messages.Shutdown.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Shutdown = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Shutdown message. Does not implicitly {@link TestTask.Messages.Shutdown.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Shutdown
             * @static
             * @param {TestTask.Messages.Shutdown.$Properties} message Shutdown message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Shutdown.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Shutdown message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Shutdown
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Shutdown & TestTask.Messages.Shutdown.$Shape} Shutdown
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Shutdown.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.Shutdown();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Shutdown;
        })();

        Messages.ShutdownReport = (function() {

            /**
             * Properties of a ShutdownReport.
             * @typedef {Object} TestTask.Messages.ShutdownReport.$Properties
             * @property {number} connections ShutdownReport connections
             * @property {number} finished ShutdownReport finished
             * @property {number} abandoned ShutdownReport abandoned
             * @property {number} tookMs ShutdownReport tookMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShutdownReport.
             * @memberof TestTask.Messages
             * @interface IShutdownReport
             * @augments TestTask.Messages.ShutdownReport.$Properties
             * @deprecated Use TestTask.Messages.ShutdownReport.$Properties instead.
             */

            /**
             * Shape of a ShutdownReport.
             * @typedef {TestTask.Messages.ShutdownReport.$Properties} TestTask.Messages.ShutdownReport.$Shape
             */

            /**
             * Constructs a new ShutdownReport.
             * @memberof TestTask.Messages
             * @classdesc Represents a ShutdownReport.
             * @constructor
             * @param {TestTask.Messages.ShutdownReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShutdownReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShutdownReport connections.
             * @member {number} connections
             * @memberof TestTask.Messages.ShutdownReport
             * @instance
             */
            ShutdownReport.prototype.connections = 0;

            /**
             * ShutdownReport finished.
             * @member {number} finished
             * @memberof TestTask.Messages.ShutdownReport
             * @instance
             */
            ShutdownReport.prototype.finished = 0;

            /**
             * ShutdownReport abandoned.
             * @member {number} abandoned
             * @memberof TestTask.Messages.ShutdownReport
             * @instance
             */
            ShutdownReport.prototype.abandoned = 0;

            /**
             * ShutdownReport tookMs.
             * @member {number} tookMs
             * @memberof TestTask.Messages.ShutdownReport
             * @instance
             */
            ShutdownReport.prototype.tookMs = 0;

            /**
             * Encodes the specified ShutdownReport message. Does not implicitly {@link TestTask.Messages.ShutdownReport.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.ShutdownReport
             * @static
             * @param {TestTask.Messages.ShutdownReport.$Properties} message ShutdownReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShutdownReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.connections);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.finished);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.abandoned);
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.tookMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShutdownReport message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.ShutdownReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.ShutdownReport & TestTask.Messages.ShutdownReport.$Shape} ShutdownReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShutdownReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.ShutdownReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.connections = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.finished = reader.uint32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.abandoned = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.tookMs = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "connections"))
                    throw $util.ProtocolError("missing required 'connections'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "finished"))
                    throw $util.ProtocolError("missing required 'finished'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "abandoned"))
                    throw $util.ProtocolError("missing required 'abandoned'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "tookMs"))
                    throw $util.ProtocolError("missing required 'tookMs'", { instance: message });
                return message;
            };

            return ShutdownReport;
        })();

        Messages.WrapperMessage = (function() {

            /**
             * Properties of a WrapperMessage.
             * @typedef {Object} TestTask.Messages.WrapperMessage.$Properties
             * @property {TestTask.Messages.FastResponse.$Properties|null} [fastResponse] WrapperMessage fastResponse
             * @property {TestTask.Messages.SlowResponse.$Properties|null} [slowResponse] WrapperMessage slowResponse
             * @property {TestTask.Messages.RequestForFastResponse.$Properties|null} [requestForFastResponse] WrapperMessage requestForFastResponse
             * @property {TestTask.Messages.RequestForSlowResponse.$Properties|null} [requestForSlowResponse] WrapperMessage requestForSlowResponse
             * @property {TestTask.Messages.Hello.$Properties|null} [hello] WrapperMessage hello
             * @property {TestTask.Messages.Welcome.$Properties|null} [welcome] WrapperMessage welcome
             * @property {TestTask.Messages.Sealed.$Properties|null} [sealed] WrapperMessage sealed
             * @property {TestTask.Messages.Refusal.$Properties|null} [refusal] WrapperMessage refusal
             * @property {TestTask.Messages.Manifest.$Properties|null} [manifest] WrapperMessage manifest
             * @property {TestTask.Messages.Receipt.$Properties|null} [receipt] WrapperMessage receipt
             * @property {TestTask.Messages.Shutdown.$Properties|null} [shutdown] WrapperMessage shutdown
             * @property {TestTask.Messages.ShutdownReport.$Properties|null} [shutdownReport] WrapperMessage shutdownReport
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WrapperMessage.
             * @memberof TestTask.Messages
             * @interface IWrapperMessage
             * @augments TestTask.Messages.WrapperMessage.$Properties
             * @deprecated Use TestTask.Messages.WrapperMessage.$Properties instead.
             */

            /**
             * Shape of a WrapperMessage.
             * @typedef {TestTask.Messages.WrapperMessage.$Properties} TestTask.Messages.WrapperMessage.$Shape
             */

            /**
             * Constructs a new WrapperMessage.
             * @memberof TestTask.Messages
             * @classdesc Represents a WrapperMessage.
             * @constructor
             * @param {TestTask.Messages.WrapperMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WrapperMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WrapperMessage fastResponse.
             * @member {TestTask.Messages.FastResponse.$Properties|null|undefined} fastResponse
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.fastResponse = null;

            /**
             * WrapperMessage slowResponse.
             * @member {TestTask.Messages.SlowResponse.$Properties|null|undefined} slowResponse
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.slowResponse = null;

            /**
             * WrapperMessage requestForFastResponse.
             * @member {TestTask.Messages.RequestForFastResponse.$Properties|null|undefined} requestForFastResponse
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.requestForFastResponse = null;

            /**
             * WrapperMessage requestForSlowResponse.
             * @member {TestTask.Messages.RequestForSlowResponse.$Properties|null|undefined} requestForSlowResponse
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.requestForSlowResponse = null;

            /**
             * WrapperMessage hello.
             * @member {TestTask.Messages.Hello.$Properties|null|undefined} hello
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.hello = null;

            /**
             * WrapperMessage welcome.
             * @member {TestTask.Messages.Welcome.$Properties|null|undefined} welcome
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.welcome = null;

            /**
             * WrapperMessage sealed.
             * @member {TestTask.Messages.Sealed.$Properties|null|undefined} sealed
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.sealed = null;

            /**
             * WrapperMessage refusal.
             * @member {TestTask.Messages.Refusal.$Properties|null|undefined} refusal
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.refusal = null;

            /**
             * WrapperMessage manifest.
             * @member {TestTask.Messages.Manifest.$Properties|null|undefined} manifest
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.manifest = null;

            /**
             * WrapperMessage receipt.
             * @member {TestTask.Messages.Receipt.$Properties|null|undefined} receipt
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.receipt = null;

            /**
             * WrapperMessage shutdown.
             * @member {TestTask.Messages.Shutdown.$Properties|null|undefined} shutdown
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.shutdown = null;

            /**
             * WrapperMessage shutdownReport.
             * @member {TestTask.Messages.ShutdownReport.$Properties|null|undefined} shutdownReport
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.shutdownReport = null;

            /**
             * Encodes the specified WrapperMessage message. Does not implicitly {@link TestTask.Messages.WrapperMessage.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.WrapperMessage
             * @static
             * @param {TestTask.Messages.WrapperMessage.$Properties} message WrapperMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WrapperMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.fastResponse != null && $Object.hasOwnProperty.call(message, "fastResponse"))
                    $root.TestTask.Messages.FastResponse.encode(message.fastResponse, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.slowResponse != null && $Object.hasOwnProperty.call(message, "slowResponse"))
                    $root.TestTask.Messages.SlowResponse.encode(message.slowResponse, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.requestForFastResponse != null && $Object.hasOwnProperty.call(message, "requestForFastResponse"))
                    $root.TestTask.Messages.RequestForFastResponse.encode(message.requestForFastResponse, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.requestForSlowResponse != null && $Object.hasOwnProperty.call(message, "requestForSlowResponse"))
                    $root.TestTask.Messages.RequestForSlowResponse.encode(message.requestForSlowResponse, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.TestTask.Messages.Hello.encode(message.hello, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.TestTask.Messages.Welcome.encode(message.welcome, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed"))
                    $root.TestTask.Messages.Sealed.encode(message.sealed, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.refusal != null && $Object.hasOwnProperty.call(message, "refusal"))
                    $root.TestTask.Messages.Refusal.encode(message.refusal, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.manifest != null && $Object.hasOwnProperty.call(message, "manifest"))
                    $root.TestTask.Messages.Manifest.encode(message.manifest, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.receipt != null && $Object.hasOwnProperty.call(message, "receipt"))
                    $root.TestTask.Messages.Receipt.encode(message.receipt, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.shutdown != null && $Object.hasOwnProperty.call(message, "shutdown"))
                    $root.TestTask.Messages.Shutdown.encode(message.shutdown, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.shutdownReport != null && $Object.hasOwnProperty.call(message, "shutdownReport"))
                    $root.TestTask.Messages.ShutdownReport.encode(message.shutdownReport, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a WrapperMessage message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.WrapperMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.WrapperMessage & TestTask.Messages.WrapperMessage.$Shape} WrapperMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WrapperMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.TestTask.Messages.WrapperMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.fastResponse = $root.TestTask.Messages.FastResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.fastResponse);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.slowResponse = $root.TestTask.Messages.SlowResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.slowResponse);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.requestForFastResponse = $root.TestTask.Messages.RequestForFastResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.requestForFastResponse);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.requestForSlowResponse = $root.TestTask.Messages.RequestForSlowResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.requestForSlowResponse);
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.TestTask.Messages.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.TestTask.Messages.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.sealed = $root.TestTask.Messages.Sealed.decode(reader, reader.size(), $undefined, _depth + 1, message.sealed);
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.refusal = $root.TestTask.Messages.Refusal.decode(reader, reader.size(), $undefined, _depth + 1, message.refusal);
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.manifest = $root.TestTask.Messages.Manifest.decode(reader, reader.size(), $undefined, _depth + 1, message.manifest);
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.receipt = $root.TestTask.Messages.Receipt.decode(reader, reader.size(), $undefined, _depth + 1, message.receipt);
                            continue;
                        }
                    case 40: {
                            if (wireType !== 2)
                                break;
                            message.shutdown = $root.TestTask.Messages.Shutdown.decode(reader, reader.size(), $undefined, _depth + 1, message.shutdown);
                            continue;
                        }
                    case 41: {
                            if (wireType !== 2)
                                break;
                            message.shutdownReport = $root.TestTask.Messages.ShutdownReport.decode(reader, reader.size(), $undefined, _depth + 1, message.shutdownReport);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return WrapperMessage;
        })();

        return Messages;
    })();

    return TestTask;
})();

export {
  $root as default
};
