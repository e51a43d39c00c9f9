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
             * @property {number} TOO_SLOW=18 TOO_SLOW value
             * @property {number} NOT_FOUND=19 NOT_FOUND value
             * @property {number} TOO_LARGE=20 TOO_LARGE value
             * @property {number} NOT_IN_ROOM=21 NOT_IN_ROOM value
             * @property {number} BUSY=22 BUSY value
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
                values[valuesById[18] = "TOO_SLOW"] = 18;
                values[valuesById[19] = "NOT_FOUND"] = 19;
                values[valuesById[20] = "TOO_LARGE"] = 20;
                values[valuesById[21] = "NOT_IN_ROOM"] = 21;
                values[valuesById[22] = "BUSY"] = 22;
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

        Messages.Document = (function() {

            /**
             * Properties of a Document.
             * @typedef {Object} TestTask.Messages.Document.$Properties
             * @property {Uint8Array} id Document id
             * @property {string} source Document source
             * @property {number|Long} madeAtMs Document madeAtMs
             * @property {Uint8Array} json Document json
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Document.
             * @memberof TestTask.Messages
             * @interface IDocument
             * @augments TestTask.Messages.Document.$Properties
             * @deprecated Use TestTask.Messages.Document.$Properties instead.
             */

            /**
             * Shape of a Document.
             * @typedef {TestTask.Messages.Document.$Properties} TestTask.Messages.Document.$Shape
             */

            /**
             * Constructs a new Document.
             * @memberof TestTask.Messages
             * @classdesc Represents a Document.
             * @constructor
             * @param {TestTask.Messages.Document.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Document = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Document id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.Document
             * @instance
             */
            Document.prototype.id = $util.newBuffer([]);

            /**
             * Document source.
             * @member {string} source
             * @memberof TestTask.Messages.Document
             * @instance
             */
            Document.prototype.source = "";

            /**
             * Document madeAtMs.
             * @member {number|Long} madeAtMs
             * @memberof TestTask.Messages.Document
             * @instance
             */
            Document.prototype.madeAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Document json.
             * @member {Uint8Array} json
             * @memberof TestTask.Messages.Document
             * @instance
             */
            Document.prototype.json = $util.newBuffer([]);

            /**
             * Encodes the specified Document message. Does not implicitly {@link TestTask.Messages.Document.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Document
             * @static
             * @param {TestTask.Messages.Document.$Properties} message Document message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Document.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.source);
                writer.uint32(/* id 3, wireType 0 =*/24).int64(message.madeAtMs);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.json);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Document message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Document
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Document & TestTask.Messages.Document.$Shape} Document
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Document.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Document();
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
                            message.json = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "json"))
                    throw $util.ProtocolError("missing required 'json'", { instance: message });
                return message;
            };

            return Document;
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

        Messages.Join = (function() {

            /**
             * Properties of a Join.
             * @typedef {Object} TestTask.Messages.Join.$Properties
             * @property {string} name Join name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Join.
             * @memberof TestTask.Messages
             * @interface IJoin
             * @augments TestTask.Messages.Join.$Properties
             * @deprecated Use TestTask.Messages.Join.$Properties instead.
             */

            /**
             * Shape of a Join.
             * @typedef {TestTask.Messages.Join.$Properties} TestTask.Messages.Join.$Shape
             */

            /**
             * Constructs a new Join.
             * @memberof TestTask.Messages
             * @classdesc Represents a Join.
             * @constructor
             * @param {TestTask.Messages.Join.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Join = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Join name.
             * @member {string} name
             * @memberof TestTask.Messages.Join
             * @instance
             */
            Join.prototype.name = "";

            /**
             * Encodes the specified Join message. Does not implicitly {@link TestTask.Messages.Join.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Join
             * @static
             * @param {TestTask.Messages.Join.$Properties} message Join message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Join.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Join
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Join & TestTask.Messages.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Join.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Join();
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
                            message.name = reader.string();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                return message;
            };

            return Join;
        })();

        Messages.Joined = (function() {

            /**
             * Properties of a Joined.
             * @typedef {Object} TestTask.Messages.Joined.$Properties
             * @property {string} name Joined name
             * @property {number|Long} last Joined last
             * @property {number} members Joined members
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Joined.
             * @memberof TestTask.Messages
             * @interface IJoined
             * @augments TestTask.Messages.Joined.$Properties
             * @deprecated Use TestTask.Messages.Joined.$Properties instead.
             */

            /**
             * Shape of a Joined.
             * @typedef {TestTask.Messages.Joined.$Properties} TestTask.Messages.Joined.$Shape
             */

            /**
             * Constructs a new Joined.
             * @memberof TestTask.Messages
             * @classdesc Represents a Joined.
             * @constructor
             * @param {TestTask.Messages.Joined.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Joined = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Joined name.
             * @member {string} name
             * @memberof TestTask.Messages.Joined
             * @instance
             */
            Joined.prototype.name = "";

            /**
             * Joined last.
             * @member {number|Long} last
             * @memberof TestTask.Messages.Joined
             * @instance
             */
            Joined.prototype.last = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Joined members.
             * @member {number} members
             * @memberof TestTask.Messages.Joined
             * @instance
             */
            Joined.prototype.members = 0;

            /**
             * Encodes the specified Joined message. Does not implicitly {@link TestTask.Messages.Joined.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Joined
             * @static
             * @param {TestTask.Messages.Joined.$Properties} message Joined message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Joined.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.last);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.members);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Joined message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Joined
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Joined & TestTask.Messages.Joined.$Shape} Joined
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Joined.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Joined();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.last = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.members = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "last"))
                    throw $util.ProtocolError("missing required 'last'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "members"))
                    throw $util.ProtocolError("missing required 'members'", { instance: message });
                return message;
            };

            return Joined;
        })();

        Messages.Say = (function() {

            /**
             * Properties of a Say.
             * @typedef {Object} TestTask.Messages.Say.$Properties
             * @property {Uint8Array} id Say id
             * @property {string} text Say text
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Say.
             * @memberof TestTask.Messages
             * @interface ISay
             * @augments TestTask.Messages.Say.$Properties
             * @deprecated Use TestTask.Messages.Say.$Properties instead.
             */

            /**
             * Shape of a Say.
             * @typedef {TestTask.Messages.Say.$Properties} TestTask.Messages.Say.$Shape
             */

            /**
             * Constructs a new Say.
             * @memberof TestTask.Messages
             * @classdesc Represents a Say.
             * @constructor
             * @param {TestTask.Messages.Say.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Say = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Say id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.Say
             * @instance
             */
            Say.prototype.id = $util.newBuffer([]);

            /**
             * Say text.
             * @member {string} text
             * @memberof TestTask.Messages.Say
             * @instance
             */
            Say.prototype.text = "";

            /**
             * Encodes the specified Say message. Does not implicitly {@link TestTask.Messages.Say.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Say
             * @static
             * @param {TestTask.Messages.Say.$Properties} message Say message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Say.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Say message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Say
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Say & TestTask.Messages.Say.$Shape} Say
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Say.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Say();
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
                            message.text = reader.string();
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
                if (!$Object.hasOwnProperty.call(message, "text"))
                    throw $util.ProtocolError("missing required 'text'", { instance: message });
                return message;
            };

            return Say;
        })();

        Messages.FileInfo = (function() {

            /**
             * Properties of a FileInfo.
             * @typedef {Object} TestTask.Messages.FileInfo.$Properties
             * @property {Uint8Array} id FileInfo id
             * @property {string} name FileInfo name
             * @property {number|Long} size FileInfo size
             * @property {Uint8Array} sha256 FileInfo sha256
             * @property {string} source FileInfo source
             * @property {number|Long} storedAtMs FileInfo storedAtMs
             * @property {number|Long} number FileInfo number
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileInfo.
             * @memberof TestTask.Messages
             * @interface IFileInfo
             * @augments TestTask.Messages.FileInfo.$Properties
             * @deprecated Use TestTask.Messages.FileInfo.$Properties instead.
             */

            /**
             * Shape of a FileInfo.
             * @typedef {TestTask.Messages.FileInfo.$Properties} TestTask.Messages.FileInfo.$Shape
             */

            /**
             * Constructs a new FileInfo.
             * @memberof TestTask.Messages
             * @classdesc Represents a FileInfo.
             * @constructor
             * @param {TestTask.Messages.FileInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FileInfo id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.id = $util.newBuffer([]);

            /**
             * FileInfo name.
             * @member {string} name
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.name = "";

            /**
             * FileInfo size.
             * @member {number|Long} size
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FileInfo sha256.
             * @member {Uint8Array} sha256
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.sha256 = $util.newBuffer([]);

            /**
             * FileInfo source.
             * @member {string} source
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.source = "";

            /**
             * FileInfo storedAtMs.
             * @member {number|Long} storedAtMs
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.storedAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * FileInfo number.
             * @member {number|Long} number
             * @memberof TestTask.Messages.FileInfo
             * @instance
             */
            FileInfo.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified FileInfo message. Does not implicitly {@link TestTask.Messages.FileInfo.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FileInfo
             * @static
             * @param {TestTask.Messages.FileInfo.$Properties} message FileInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.size);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sha256);
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.source);
                writer.uint32(/* id 6, wireType 0 =*/48).int64(message.storedAtMs);
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.number);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileInfo message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FileInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileInfo & TestTask.Messages.FileInfo.$Shape} FileInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.FileInfo();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.size = reader.uint64();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.sha256 = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.source = reader.string();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.storedAtMs = reader.int64();
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.number = reader.uint64();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "size"))
                    throw $util.ProtocolError("missing required 'size'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "sha256"))
                    throw $util.ProtocolError("missing required 'sha256'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "source"))
                    throw $util.ProtocolError("missing required 'source'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "storedAtMs"))
                    throw $util.ProtocolError("missing required 'storedAtMs'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "number"))
                    throw $util.ProtocolError("missing required 'number'", { instance: message });
                return message;
            };

            return FileInfo;
        })();

        Messages.RoomEvent = (function() {

            /**
             * Properties of a RoomEvent.
             * @typedef {Object} TestTask.Messages.RoomEvent.$Properties
             * @property {number|Long|null} [number] RoomEvent number
             * @property {number|Long} atMs RoomEvent atMs
             * @property {string} name RoomEvent name
             * @property {string} dialect RoomEvent dialect
             * @property {Uint8Array|null} [id] RoomEvent id
             * @property {string|null} [text] RoomEvent text
             * @property {TestTask.Messages.FileInfo.$Properties|null} [file] RoomEvent file
             * @property {TestTask.Messages.RoomEvent.Came.$Properties|null} [came] RoomEvent came
             * @property {TestTask.Messages.RoomEvent.Left.$Properties|null} [left] RoomEvent left
             * @property {"text"|"file"|"came"|"left"} [what] RoomEvent what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RoomEvent.
             * @memberof TestTask.Messages
             * @interface IRoomEvent
             * @augments TestTask.Messages.RoomEvent.$Properties
             * @deprecated Use TestTask.Messages.RoomEvent.$Properties instead.
             */

            /**
             * Narrowed shape of a RoomEvent.
             * @typedef {{
             *   number?: number|Long|null;
             *   atMs: number|Long;
             *   name: string;
             *   dialect: string;
             *   id?: Uint8Array|null;
             *   text?: string|null;
             *   file?: TestTask.Messages.FileInfo.$Shape|null;
             *   came?: TestTask.Messages.RoomEvent.Came.$Shape|null;
             *   left?: TestTask.Messages.RoomEvent.Left.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; text?: null; file?: null; came?: null; left?: null }|{ what?: "text"; text: string; file?: null; came?: null; left?: null }|{ what?: "file"; text?: null; file: TestTask.Messages.FileInfo.$Shape; came?: null; left?: null }|{ what?: "came"; text?: null; file?: null; came: TestTask.Messages.RoomEvent.Came.$Shape; left?: null }|{ what?: "left"; text?: null; file?: null; came?: null; left: TestTask.Messages.RoomEvent.Left.$Shape })
             * )} TestTask.Messages.RoomEvent.$Shape
             */

            /**
             * Constructs a new RoomEvent.
             * @memberof TestTask.Messages
             * @classdesc Represents a RoomEvent.
             * @constructor
             * @param {TestTask.Messages.RoomEvent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RoomEvent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RoomEvent number.
             * @member {number|Long} number
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.number = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RoomEvent atMs.
             * @member {number|Long} atMs
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.atMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * RoomEvent name.
             * @member {string} name
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.name = "";

            /**
             * RoomEvent dialect.
             * @member {string} dialect
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.dialect = "";

            /**
             * RoomEvent id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.id = $util.newBuffer([]);

            /**
             * RoomEvent text.
             * @member {string|null|undefined} text
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.text = null;

            /**
             * RoomEvent file.
             * @member {TestTask.Messages.FileInfo.$Properties|null|undefined} file
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.file = null;

            /**
             * RoomEvent came.
             * @member {TestTask.Messages.RoomEvent.Came.$Properties|null|undefined} came
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.came = null;

            /**
             * RoomEvent left.
             * @member {TestTask.Messages.RoomEvent.Left.$Properties|null|undefined} left
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            RoomEvent.prototype.left = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * RoomEvent what.
             * @member {"text"|"file"|"came"|"left"|undefined} what
             * @memberof TestTask.Messages.RoomEvent
             * @instance
             */
            $Object.defineProperty(RoomEvent.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["text", "file", "came", "left"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified RoomEvent message. Does not implicitly {@link TestTask.Messages.RoomEvent.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.RoomEvent
             * @static
             * @param {TestTask.Messages.RoomEvent.$Properties} message RoomEvent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RoomEvent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.number);
                writer.uint32(/* id 2, wireType 0 =*/16).int64(message.atMs);
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.dialect);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.id);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.text);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                    $root.TestTask.Messages.FileInfo.encode(message.file, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.came != null && $Object.hasOwnProperty.call(message, "came"))
                    $root.TestTask.Messages.RoomEvent.Came.encode(message.came, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                    $root.TestTask.Messages.RoomEvent.Left.encode(message.left, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RoomEvent message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.RoomEvent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.RoomEvent & TestTask.Messages.RoomEvent.$Shape} RoomEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RoomEvent.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.RoomEvent();
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
                            message.number = reader.uint64();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.atMs = reader.int64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.name = reader.string();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.dialect = reader.string();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.id = reader.bytes();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.text = reader.string();
                            message.what = "text";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.file = $root.TestTask.Messages.FileInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                            message.what = "file";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.came = $root.TestTask.Messages.RoomEvent.Came.decode(reader, reader.size(), $undefined, _depth + 1, message.came);
                            message.what = "came";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.left = $root.TestTask.Messages.RoomEvent.Left.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                            message.what = "left";
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
                if (!$Object.hasOwnProperty.call(message, "atMs"))
                    throw $util.ProtocolError("missing required 'atMs'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "dialect"))
                    throw $util.ProtocolError("missing required 'dialect'", { instance: message });
                return message;
            };

            RoomEvent.Came = (function() {

                /**
                 * Properties of a Came.
                 * @typedef {Object} TestTask.Messages.RoomEvent.Came.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Came.
                 * @memberof TestTask.Messages.RoomEvent
                 * @interface ICame
                 * @augments TestTask.Messages.RoomEvent.Came.$Properties
                 * @deprecated Use TestTask.Messages.RoomEvent.Came.$Properties instead.
                 */

                /**
                 * Shape of a Came.
                 * @typedef {TestTask.Messages.RoomEvent.Came.$Properties} TestTask.Messages.RoomEvent.Came.$Shape
                 */

                /**
                 * Constructs a new Came.
                 * @memberof TestTask.Messages.RoomEvent
                 * @classdesc Represents a Came.
                 * @constructor
                 * @param {TestTask.Messages.RoomEvent.Came.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Came = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified Came message. Does not implicitly {@link TestTask.Messages.RoomEvent.Came.verify|verify} messages.
                 * @function encode
                 * @memberof TestTask.Messages.RoomEvent.Came
                 * @static
                 * @param {TestTask.Messages.RoomEvent.Came.$Properties} message Came message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Came.encode = function (message, writer, _depth) {
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
                 * Decodes a Came message from the specified reader or buffer.
                 * @function decode
                 * @memberof TestTask.Messages.RoomEvent.Came
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {TestTask.Messages.RoomEvent.Came & TestTask.Messages.RoomEvent.Came.$Shape} Came
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Came.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.TestTask.Messages.RoomEvent.Came();
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

                return Came;
            })();

            RoomEvent.Left = (function() {

                /**
                 * Properties of a Left.
                 * @typedef {Object} TestTask.Messages.RoomEvent.Left.$Properties
                 * @property {string} reason Left reason
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Left.
                 * @memberof TestTask.Messages.RoomEvent
                 * @interface ILeft
                 * @augments TestTask.Messages.RoomEvent.Left.$Properties
                 * @deprecated Use TestTask.Messages.RoomEvent.Left.$Properties instead.
                 */

                /**
                 * Shape of a Left.
                 * @typedef {TestTask.Messages.RoomEvent.Left.$Properties} TestTask.Messages.RoomEvent.Left.$Shape
                 */

                /**
                 * Constructs a new Left.
                 * @memberof TestTask.Messages.RoomEvent
                 * @classdesc Represents a Left.
                 * @constructor
                 * @param {TestTask.Messages.RoomEvent.Left.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Left = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Left reason.
                 * @member {string} reason
                 * @memberof TestTask.Messages.RoomEvent.Left
                 * @instance
                 */
                Left.prototype.reason = "";

                /**
                 * Encodes the specified Left message. Does not implicitly {@link TestTask.Messages.RoomEvent.Left.verify|verify} messages.
                 * @function encode
                 * @memberof TestTask.Messages.RoomEvent.Left
                 * @static
                 * @param {TestTask.Messages.RoomEvent.Left.$Properties} message Left message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Left.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Left message from the specified reader or buffer.
                 * @function decode
                 * @memberof TestTask.Messages.RoomEvent.Left
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {TestTask.Messages.RoomEvent.Left & TestTask.Messages.RoomEvent.Left.$Shape} Left
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Left.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.TestTask.Messages.RoomEvent.Left();
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
                                message.reason = reader.string();
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
                    if (!$Object.hasOwnProperty.call(message, "reason"))
                        throw $util.ProtocolError("missing required 'reason'", { instance: message });
                    return message;
                };

                return Left;
            })();

            return RoomEvent;
        })();

        Messages.HistoryRequest = (function() {

            /**
             * Properties of a HistoryRequest.
             * @typedef {Object} TestTask.Messages.HistoryRequest.$Properties
             * @property {number|Long|null} [after] HistoryRequest after
             * @property {number|Long|null} [before] HistoryRequest before
             * @property {number} limit HistoryRequest limit
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryRequest.
             * @memberof TestTask.Messages
             * @interface IHistoryRequest
             * @augments TestTask.Messages.HistoryRequest.$Properties
             * @deprecated Use TestTask.Messages.HistoryRequest.$Properties instead.
             */

            /**
             * Shape of a HistoryRequest.
             * @typedef {TestTask.Messages.HistoryRequest.$Properties} TestTask.Messages.HistoryRequest.$Shape
             */

            /**
             * Constructs a new HistoryRequest.
             * @memberof TestTask.Messages
             * @classdesc Represents a HistoryRequest.
             * @constructor
             * @param {TestTask.Messages.HistoryRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryRequest after.
             * @member {number|Long} after
             * @memberof TestTask.Messages.HistoryRequest
             * @instance
             */
            HistoryRequest.prototype.after = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryRequest before.
             * @member {number|Long} before
             * @memberof TestTask.Messages.HistoryRequest
             * @instance
             */
            HistoryRequest.prototype.before = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryRequest limit.
             * @member {number} limit
             * @memberof TestTask.Messages.HistoryRequest
             * @instance
             */
            HistoryRequest.prototype.limit = 0;

            /**
             * Encodes the specified HistoryRequest message. Does not implicitly {@link TestTask.Messages.HistoryRequest.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.HistoryRequest
             * @static
             * @param {TestTask.Messages.HistoryRequest.$Properties} message HistoryRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.after);
                if (message.before != null && $Object.hasOwnProperty.call(message, "before"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.before);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.limit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryRequest message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.HistoryRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.HistoryRequest & TestTask.Messages.HistoryRequest.$Shape} HistoryRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.HistoryRequest();
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
                            message.after = reader.uint64();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.before = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.limit = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "limit"))
                    throw $util.ProtocolError("missing required 'limit'", { instance: message });
                return message;
            };

            return HistoryRequest;
        })();

        Messages.History = (function() {

            /**
             * Properties of a History.
             * @typedef {Object} TestTask.Messages.History.$Properties
             * @property {Array.<TestTask.Messages.RoomEvent.$Properties>|null} [events] History events
             * @property {number|Long|null} [oldest] History oldest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a History.
             * @memberof TestTask.Messages
             * @interface IHistory
             * @augments TestTask.Messages.History.$Properties
             * @deprecated Use TestTask.Messages.History.$Properties instead.
             */

            /**
             * Shape of a History.
             * @typedef {{
             *   events?: Array.<TestTask.Messages.RoomEvent.$Shape>|null;
             *   oldest?: number|Long|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} TestTask.Messages.History.$Shape
             */

            /**
             * Constructs a new History.
             * @memberof TestTask.Messages
             * @classdesc Represents a History.
             * @constructor
             * @param {TestTask.Messages.History.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const History = function (properties) {
                this.events = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * History events.
             * @member {Array.<TestTask.Messages.RoomEvent.$Properties>} events
             * @memberof TestTask.Messages.History
             * @instance
             */
            History.prototype.events = $util.emptyArray;

            /**
             * History oldest.
             * @member {number|Long} oldest
             * @memberof TestTask.Messages.History
             * @instance
             */
            History.prototype.oldest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified History message. Does not implicitly {@link TestTask.Messages.History.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.History
             * @static
             * @param {TestTask.Messages.History.$Properties} message History message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            History.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.events != null && message.events.length)
                    for (let i = 0; i < message.events.length; ++i)
                        $root.TestTask.Messages.RoomEvent.encode(message.events[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.oldest != null && $Object.hasOwnProperty.call(message, "oldest"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.oldest);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a History message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.History
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.History & TestTask.Messages.History.$Shape} History
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            History.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.History();
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
                            if (!(message.events && message.events.length))
                                message.events = [];
                            message.events.push($root.TestTask.Messages.RoomEvent.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.oldest = reader.uint64();
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

            return History;
        })();

        Messages.Who = (function() {

            /**
             * Properties of a Who.
             * @typedef {Object} TestTask.Messages.Who.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Who.
             * @memberof TestTask.Messages
             * @interface IWho
             * @augments TestTask.Messages.Who.$Properties
             * @deprecated Use TestTask.Messages.Who.$Properties instead.
             */

            /**
             * Shape of a Who.
             * @typedef {TestTask.Messages.Who.$Properties} TestTask.Messages.Who.$Shape
             */

            /**
             * Constructs a new Who.
             * @memberof TestTask.Messages
             * @classdesc Represents a Who.
             * @constructor
             * @param {TestTask.Messages.Who.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Who = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Who message. Does not implicitly {@link TestTask.Messages.Who.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Who
             * @static
             * @param {TestTask.Messages.Who.$Properties} message Who message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Who.encode = function (message, writer, _depth) {
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
             * Decodes a Who message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Who
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Who & TestTask.Messages.Who.$Shape} Who
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Who.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Who();
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

            return Who;
        })();

        Messages.Members = (function() {

            /**
             * Properties of a Members.
             * @typedef {Object} TestTask.Messages.Members.$Properties
             * @property {Array.<TestTask.Messages.Members.Member.$Properties>|null} [members] Members members
             * @property {number} total Members total
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Members.
             * @memberof TestTask.Messages
             * @interface IMembers
             * @augments TestTask.Messages.Members.$Properties
             * @deprecated Use TestTask.Messages.Members.$Properties instead.
             */

            /**
             * Shape of a Members.
             * @typedef {TestTask.Messages.Members.$Properties} TestTask.Messages.Members.$Shape
             */

            /**
             * Constructs a new Members.
             * @memberof TestTask.Messages
             * @classdesc Represents a Members.
             * @constructor
             * @param {TestTask.Messages.Members.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Members = function (properties) {
                this.members = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Members members.
             * @member {Array.<TestTask.Messages.Members.Member.$Properties>} members
             * @memberof TestTask.Messages.Members
             * @instance
             */
            Members.prototype.members = $util.emptyArray;

            /**
             * Members total.
             * @member {number} total
             * @memberof TestTask.Messages.Members
             * @instance
             */
            Members.prototype.total = 0;

            /**
             * Encodes the specified Members message. Does not implicitly {@link TestTask.Messages.Members.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.Members
             * @static
             * @param {TestTask.Messages.Members.$Properties} message Members message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Members.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.members != null && message.members.length)
                    for (let i = 0; i < message.members.length; ++i)
                        $root.TestTask.Messages.Members.Member.encode(message.members[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.total);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Members message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.Members
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.Members & TestTask.Messages.Members.$Shape} Members
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Members.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.Members();
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
                            if (!(message.members && message.members.length))
                                message.members = [];
                            message.members.push($root.TestTask.Messages.Members.Member.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.total = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "total"))
                    throw $util.ProtocolError("missing required 'total'", { instance: message });
                return message;
            };

            Members.Member = (function() {

                /**
                 * Properties of a Member.
                 * @typedef {Object} TestTask.Messages.Members.Member.$Properties
                 * @property {string} name Member name
                 * @property {string} dialect Member dialect
                 * @property {number|Long} sinceMs Member sinceMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Member.
                 * @memberof TestTask.Messages.Members
                 * @interface IMember
                 * @augments TestTask.Messages.Members.Member.$Properties
                 * @deprecated Use TestTask.Messages.Members.Member.$Properties instead.
                 */

                /**
                 * Shape of a Member.
                 * @typedef {TestTask.Messages.Members.Member.$Properties} TestTask.Messages.Members.Member.$Shape
                 */

                /**
                 * Constructs a new Member.
                 * @memberof TestTask.Messages.Members
                 * @classdesc Represents a Member.
                 * @constructor
                 * @param {TestTask.Messages.Members.Member.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Member = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Member name.
                 * @member {string} name
                 * @memberof TestTask.Messages.Members.Member
                 * @instance
                 */
                Member.prototype.name = "";

                /**
                 * Member dialect.
                 * @member {string} dialect
                 * @memberof TestTask.Messages.Members.Member
                 * @instance
                 */
                Member.prototype.dialect = "";

                /**
                 * Member sinceMs.
                 * @member {number|Long} sinceMs
                 * @memberof TestTask.Messages.Members.Member
                 * @instance
                 */
                Member.prototype.sinceMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                /**
                 * Encodes the specified Member message. Does not implicitly {@link TestTask.Messages.Members.Member.verify|verify} messages.
                 * @function encode
                 * @memberof TestTask.Messages.Members.Member
                 * @static
                 * @param {TestTask.Messages.Members.Member.$Properties} message Member message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Member.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.dialect);
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.sinceMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Member message from the specified reader or buffer.
                 * @function decode
                 * @memberof TestTask.Messages.Members.Member
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {TestTask.Messages.Members.Member & TestTask.Messages.Members.Member.$Shape} Member
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Member.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.TestTask.Messages.Members.Member();
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
                                message.name = reader.string();
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.dialect = reader.string();
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.sinceMs = reader.int64();
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
                    if (!$Object.hasOwnProperty.call(message, "name"))
                        throw $util.ProtocolError("missing required 'name'", { instance: message });
                    if (!$Object.hasOwnProperty.call(message, "dialect"))
                        throw $util.ProtocolError("missing required 'dialect'", { instance: message });
                    if (!$Object.hasOwnProperty.call(message, "sinceMs"))
                        throw $util.ProtocolError("missing required 'sinceMs'", { instance: message });
                    return message;
                };

                return Member;
            })();

            return Members;
        })();

        Messages.PutFile = (function() {

            /**
             * Properties of a PutFile.
             * @typedef {Object} TestTask.Messages.PutFile.$Properties
             * @property {Uint8Array} id PutFile id
             * @property {string} name PutFile name
             * @property {number|Long} size PutFile size
             * @property {Uint8Array} sha256 PutFile sha256
             * @property {string} source PutFile source
             * @property {boolean} toRoom PutFile toRoom
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PutFile.
             * @memberof TestTask.Messages
             * @interface IPutFile
             * @augments TestTask.Messages.PutFile.$Properties
             * @deprecated Use TestTask.Messages.PutFile.$Properties instead.
             */

            /**
             * Shape of a PutFile.
             * @typedef {TestTask.Messages.PutFile.$Properties} TestTask.Messages.PutFile.$Shape
             */

            /**
             * Constructs a new PutFile.
             * @memberof TestTask.Messages
             * @classdesc Represents a PutFile.
             * @constructor
             * @param {TestTask.Messages.PutFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PutFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PutFile id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.id = $util.newBuffer([]);

            /**
             * PutFile name.
             * @member {string} name
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.name = "";

            /**
             * PutFile size.
             * @member {number|Long} size
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PutFile sha256.
             * @member {Uint8Array} sha256
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.sha256 = $util.newBuffer([]);

            /**
             * PutFile source.
             * @member {string} source
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.source = "";

            /**
             * PutFile toRoom.
             * @member {boolean} toRoom
             * @memberof TestTask.Messages.PutFile
             * @instance
             */
            PutFile.prototype.toRoom = false;

            /**
             * Encodes the specified PutFile message. Does not implicitly {@link TestTask.Messages.PutFile.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.PutFile
             * @static
             * @param {TestTask.Messages.PutFile.$Properties} message PutFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PutFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.size);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sha256);
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.source);
                writer.uint32(/* id 6, wireType 0 =*/48).bool(message.toRoom);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PutFile message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.PutFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.PutFile & TestTask.Messages.PutFile.$Shape} PutFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PutFile.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.PutFile();
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
                            message.name = reader.string();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.size = reader.uint64();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.sha256 = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.source = reader.string();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.toRoom = reader.bool();
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
                if (!$Object.hasOwnProperty.call(message, "name"))
                    throw $util.ProtocolError("missing required 'name'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "size"))
                    throw $util.ProtocolError("missing required 'size'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "sha256"))
                    throw $util.ProtocolError("missing required 'sha256'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "source"))
                    throw $util.ProtocolError("missing required 'source'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "toRoom"))
                    throw $util.ProtocolError("missing required 'toRoom'", { instance: message });
                return message;
            };

            return PutFile;
        })();

        Messages.FileChunk = (function() {

            /**
             * Properties of a FileChunk.
             * @typedef {Object} TestTask.Messages.FileChunk.$Properties
             * @property {Uint8Array} id FileChunk id
             * @property {number|Long} offset FileChunk offset
             * @property {Uint8Array} data FileChunk data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileChunk.
             * @memberof TestTask.Messages
             * @interface IFileChunk
             * @augments TestTask.Messages.FileChunk.$Properties
             * @deprecated Use TestTask.Messages.FileChunk.$Properties instead.
             */

            /**
             * Shape of a FileChunk.
             * @typedef {TestTask.Messages.FileChunk.$Properties} TestTask.Messages.FileChunk.$Shape
             */

            /**
             * Constructs a new FileChunk.
             * @memberof TestTask.Messages
             * @classdesc Represents a FileChunk.
             * @constructor
             * @param {TestTask.Messages.FileChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileChunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FileChunk id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.FileChunk
             * @instance
             */
            FileChunk.prototype.id = $util.newBuffer([]);

            /**
             * FileChunk offset.
             * @member {number|Long} offset
             * @memberof TestTask.Messages.FileChunk
             * @instance
             */
            FileChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FileChunk data.
             * @member {Uint8Array} data
             * @memberof TestTask.Messages.FileChunk
             * @instance
             */
            FileChunk.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified FileChunk message. Does not implicitly {@link TestTask.Messages.FileChunk.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FileChunk
             * @static
             * @param {TestTask.Messages.FileChunk.$Properties} message FileChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.offset);
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileChunk message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FileChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileChunk & TestTask.Messages.FileChunk.$Shape} FileChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileChunk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.FileChunk();
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
                            message.offset = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.data = reader.bytes();
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
                if (!$Object.hasOwnProperty.call(message, "offset"))
                    throw $util.ProtocolError("missing required 'offset'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "data"))
                    throw $util.ProtocolError("missing required 'data'", { instance: message });
                return message;
            };

            return FileChunk;
        })();

        Messages.FileProgress = (function() {

            /**
             * Properties of a FileProgress.
             * @typedef {Object} TestTask.Messages.FileProgress.$Properties
             * @property {Uint8Array} id FileProgress id
             * @property {number|Long} durableBytes FileProgress durableBytes
             * @property {number} maxChunkBytes FileProgress maxChunkBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileProgress.
             * @memberof TestTask.Messages
             * @interface IFileProgress
             * @augments TestTask.Messages.FileProgress.$Properties
             * @deprecated Use TestTask.Messages.FileProgress.$Properties instead.
             */

            /**
             * Shape of a FileProgress.
             * @typedef {TestTask.Messages.FileProgress.$Properties} TestTask.Messages.FileProgress.$Shape
             */

            /**
             * Constructs a new FileProgress.
             * @memberof TestTask.Messages
             * @classdesc Represents a FileProgress.
             * @constructor
             * @param {TestTask.Messages.FileProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FileProgress id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.FileProgress
             * @instance
             */
            FileProgress.prototype.id = $util.newBuffer([]);

            /**
             * FileProgress durableBytes.
             * @member {number|Long} durableBytes
             * @memberof TestTask.Messages.FileProgress
             * @instance
             */
            FileProgress.prototype.durableBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FileProgress maxChunkBytes.
             * @member {number} maxChunkBytes
             * @memberof TestTask.Messages.FileProgress
             * @instance
             */
            FileProgress.prototype.maxChunkBytes = 0;

            /**
             * Encodes the specified FileProgress message. Does not implicitly {@link TestTask.Messages.FileProgress.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FileProgress
             * @static
             * @param {TestTask.Messages.FileProgress.$Properties} message FileProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.durableBytes);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxChunkBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileProgress message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FileProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileProgress & TestTask.Messages.FileProgress.$Shape} FileProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileProgress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.FileProgress();
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
                            message.durableBytes = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.maxChunkBytes = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "durableBytes"))
                    throw $util.ProtocolError("missing required 'durableBytes'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "maxChunkBytes"))
                    throw $util.ProtocolError("missing required 'maxChunkBytes'", { instance: message });
                return message;
            };

            return FileProgress;
        })();

        Messages.ListFiles = (function() {

            /**
             * Properties of a ListFiles.
             * @typedef {Object} TestTask.Messages.ListFiles.$Properties
             * @property {number|Long} after ListFiles after
             * @property {number} limit ListFiles limit
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListFiles.
             * @memberof TestTask.Messages
             * @interface IListFiles
             * @augments TestTask.Messages.ListFiles.$Properties
             * @deprecated Use TestTask.Messages.ListFiles.$Properties instead.
             */

            /**
             * Shape of a ListFiles.
             * @typedef {TestTask.Messages.ListFiles.$Properties} TestTask.Messages.ListFiles.$Shape
             */

            /**
             * Constructs a new ListFiles.
             * @memberof TestTask.Messages
             * @classdesc Represents a ListFiles.
             * @constructor
             * @param {TestTask.Messages.ListFiles.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListFiles = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListFiles after.
             * @member {number|Long} after
             * @memberof TestTask.Messages.ListFiles
             * @instance
             */
            ListFiles.prototype.after = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ListFiles limit.
             * @member {number} limit
             * @memberof TestTask.Messages.ListFiles
             * @instance
             */
            ListFiles.prototype.limit = 0;

            /**
             * Encodes the specified ListFiles message. Does not implicitly {@link TestTask.Messages.ListFiles.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.ListFiles
             * @static
             * @param {TestTask.Messages.ListFiles.$Properties} message ListFiles message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListFiles.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.after);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.limit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListFiles message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.ListFiles
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.ListFiles & TestTask.Messages.ListFiles.$Shape} ListFiles
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListFiles.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.ListFiles();
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
                            message.after = reader.uint64();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.limit = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "after"))
                    throw $util.ProtocolError("missing required 'after'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "limit"))
                    throw $util.ProtocolError("missing required 'limit'", { instance: message });
                return message;
            };

            return ListFiles;
        })();

        Messages.FileList = (function() {

            /**
             * Properties of a FileList.
             * @typedef {Object} TestTask.Messages.FileList.$Properties
             * @property {Array.<TestTask.Messages.FileInfo.$Properties>|null} [files] FileList files
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileList.
             * @memberof TestTask.Messages
             * @interface IFileList
             * @augments TestTask.Messages.FileList.$Properties
             * @deprecated Use TestTask.Messages.FileList.$Properties instead.
             */

            /**
             * Shape of a FileList.
             * @typedef {TestTask.Messages.FileList.$Properties} TestTask.Messages.FileList.$Shape
             */

            /**
             * Constructs a new FileList.
             * @memberof TestTask.Messages
             * @classdesc Represents a FileList.
             * @constructor
             * @param {TestTask.Messages.FileList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileList = function (properties) {
                this.files = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FileList files.
             * @member {Array.<TestTask.Messages.FileInfo.$Properties>} files
             * @memberof TestTask.Messages.FileList
             * @instance
             */
            FileList.prototype.files = $util.emptyArray;

            /**
             * Encodes the specified FileList message. Does not implicitly {@link TestTask.Messages.FileList.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FileList
             * @static
             * @param {TestTask.Messages.FileList.$Properties} message FileList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.files != null && message.files.length)
                    for (let i = 0; i < message.files.length; ++i)
                        $root.TestTask.Messages.FileInfo.encode(message.files[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileList message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FileList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileList & TestTask.Messages.FileList.$Shape} FileList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileList.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.FileList();
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
                            if (!(message.files && message.files.length))
                                message.files = [];
                            message.files.push($root.TestTask.Messages.FileInfo.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return FileList;
        })();

        Messages.FindFile = (function() {

            /**
             * Properties of a FindFile.
             * @typedef {Object} TestTask.Messages.FindFile.$Properties
             * @property {Uint8Array} id FindFile id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FindFile.
             * @memberof TestTask.Messages
             * @interface IFindFile
             * @augments TestTask.Messages.FindFile.$Properties
             * @deprecated Use TestTask.Messages.FindFile.$Properties instead.
             */

            /**
             * Shape of a FindFile.
             * @typedef {TestTask.Messages.FindFile.$Properties} TestTask.Messages.FindFile.$Shape
             */

            /**
             * Constructs a new FindFile.
             * @memberof TestTask.Messages
             * @classdesc Represents a FindFile.
             * @constructor
             * @param {TestTask.Messages.FindFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FindFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FindFile id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.FindFile
             * @instance
             */
            FindFile.prototype.id = $util.newBuffer([]);

            /**
             * Encodes the specified FindFile message. Does not implicitly {@link TestTask.Messages.FindFile.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.FindFile
             * @static
             * @param {TestTask.Messages.FindFile.$Properties} message FindFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FindFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FindFile message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.FindFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.FindFile & TestTask.Messages.FindFile.$Shape} FindFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FindFile.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.FindFile();
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
                return message;
            };

            return FindFile;
        })();

        Messages.ReadFile = (function() {

            /**
             * Properties of a ReadFile.
             * @typedef {Object} TestTask.Messages.ReadFile.$Properties
             * @property {Uint8Array} id ReadFile id
             * @property {number|Long} offset ReadFile offset
             * @property {number} length ReadFile length
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReadFile.
             * @memberof TestTask.Messages
             * @interface IReadFile
             * @augments TestTask.Messages.ReadFile.$Properties
             * @deprecated Use TestTask.Messages.ReadFile.$Properties instead.
             */

            /**
             * Shape of a ReadFile.
             * @typedef {TestTask.Messages.ReadFile.$Properties} TestTask.Messages.ReadFile.$Shape
             */

            /**
             * Constructs a new ReadFile.
             * @memberof TestTask.Messages
             * @classdesc Represents a ReadFile.
             * @constructor
             * @param {TestTask.Messages.ReadFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReadFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReadFile id.
             * @member {Uint8Array} id
             * @memberof TestTask.Messages.ReadFile
             * @instance
             */
            ReadFile.prototype.id = $util.newBuffer([]);

            /**
             * ReadFile offset.
             * @member {number|Long} offset
             * @memberof TestTask.Messages.ReadFile
             * @instance
             */
            ReadFile.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReadFile length.
             * @member {number} length
             * @memberof TestTask.Messages.ReadFile
             * @instance
             */
            ReadFile.prototype.length = 0;

            /**
             * Encodes the specified ReadFile message. Does not implicitly {@link TestTask.Messages.ReadFile.verify|verify} messages.
             * @function encode
             * @memberof TestTask.Messages.ReadFile
             * @static
             * @param {TestTask.Messages.ReadFile.$Properties} message ReadFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReadFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.id);
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.offset);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.length);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReadFile message from the specified reader or buffer.
             * @function decode
             * @memberof TestTask.Messages.ReadFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {TestTask.Messages.ReadFile & TestTask.Messages.ReadFile.$Shape} ReadFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReadFile.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.TestTask.Messages.ReadFile();
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
                            message.offset = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.length = reader.uint32();
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
                if (!$Object.hasOwnProperty.call(message, "offset"))
                    throw $util.ProtocolError("missing required 'offset'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "length"))
                    throw $util.ProtocolError("missing required 'length'", { instance: message });
                return message;
            };

            return ReadFile;
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
             * @property {TestTask.Messages.Join.$Properties|null} [join] WrapperMessage join
             * @property {TestTask.Messages.Joined.$Properties|null} [joined] WrapperMessage joined
             * @property {TestTask.Messages.Say.$Properties|null} [say] WrapperMessage say
             * @property {TestTask.Messages.RoomEvent.$Properties|null} [roomEvent] WrapperMessage roomEvent
             * @property {TestTask.Messages.HistoryRequest.$Properties|null} [historyRequest] WrapperMessage historyRequest
             * @property {TestTask.Messages.History.$Properties|null} [history] WrapperMessage history
             * @property {TestTask.Messages.Who.$Properties|null} [who] WrapperMessage who
             * @property {TestTask.Messages.Members.$Properties|null} [members] WrapperMessage members
             * @property {TestTask.Messages.PutFile.$Properties|null} [putFile] WrapperMessage putFile
             * @property {TestTask.Messages.FileChunk.$Properties|null} [fileChunk] WrapperMessage fileChunk
             * @property {TestTask.Messages.FileProgress.$Properties|null} [fileProgress] WrapperMessage fileProgress
             * @property {TestTask.Messages.ListFiles.$Properties|null} [listFiles] WrapperMessage listFiles
             * @property {TestTask.Messages.FileList.$Properties|null} [fileList] WrapperMessage fileList
             * @property {TestTask.Messages.FindFile.$Properties|null} [findFile] WrapperMessage findFile
             * @property {TestTask.Messages.FileInfo.$Properties|null} [fileInfo] WrapperMessage fileInfo
             * @property {TestTask.Messages.ReadFile.$Properties|null} [readFile] WrapperMessage readFile
             * @property {TestTask.Messages.Shutdown.$Properties|null} [shutdown] WrapperMessage shutdown
             * @property {TestTask.Messages.ShutdownReport.$Properties|null} [shutdownReport] WrapperMessage shutdownReport
             * @property {TestTask.Messages.Document.$Properties|null} [document] WrapperMessage document
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
             * @typedef {{
             *   fastResponse?: TestTask.Messages.FastResponse.$Shape|null;
             *   slowResponse?: TestTask.Messages.SlowResponse.$Shape|null;
             *   requestForFastResponse?: TestTask.Messages.RequestForFastResponse.$Shape|null;
             *   requestForSlowResponse?: TestTask.Messages.RequestForSlowResponse.$Shape|null;
             *   hello?: TestTask.Messages.Hello.$Shape|null;
             *   welcome?: TestTask.Messages.Welcome.$Shape|null;
             *   sealed?: TestTask.Messages.Sealed.$Shape|null;
             *   refusal?: TestTask.Messages.Refusal.$Shape|null;
             *   manifest?: TestTask.Messages.Manifest.$Shape|null;
             *   receipt?: TestTask.Messages.Receipt.$Shape|null;
             *   join?: TestTask.Messages.Join.$Shape|null;
             *   joined?: TestTask.Messages.Joined.$Shape|null;
             *   say?: TestTask.Messages.Say.$Shape|null;
             *   roomEvent?: TestTask.Messages.RoomEvent.$Shape|null;
             *   historyRequest?: TestTask.Messages.HistoryRequest.$Shape|null;
             *   history?: TestTask.Messages.History.$Shape|null;
             *   who?: TestTask.Messages.Who.$Shape|null;
             *   members?: TestTask.Messages.Members.$Shape|null;
             *   putFile?: TestTask.Messages.PutFile.$Shape|null;
             *   fileChunk?: TestTask.Messages.FileChunk.$Shape|null;
             *   fileProgress?: TestTask.Messages.FileProgress.$Shape|null;
             *   listFiles?: TestTask.Messages.ListFiles.$Shape|null;
             *   fileList?: TestTask.Messages.FileList.$Shape|null;
             *   findFile?: TestTask.Messages.FindFile.$Shape|null;
             *   fileInfo?: TestTask.Messages.FileInfo.$Shape|null;
             *   readFile?: TestTask.Messages.ReadFile.$Shape|null;
             *   shutdown?: TestTask.Messages.Shutdown.$Shape|null;
             *   shutdownReport?: TestTask.Messages.ShutdownReport.$Shape|null;
             *   document?: TestTask.Messages.Document.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} TestTask.Messages.WrapperMessage.$Shape
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
             * WrapperMessage join.
             * @member {TestTask.Messages.Join.$Properties|null|undefined} join
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.join = null;

            /**
             * WrapperMessage joined.
             * @member {TestTask.Messages.Joined.$Properties|null|undefined} joined
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.joined = null;

            /**
             * WrapperMessage say.
             * @member {TestTask.Messages.Say.$Properties|null|undefined} say
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.say = null;

            /**
             * WrapperMessage roomEvent.
             * @member {TestTask.Messages.RoomEvent.$Properties|null|undefined} roomEvent
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.roomEvent = null;

            /**
             * WrapperMessage historyRequest.
             * @member {TestTask.Messages.HistoryRequest.$Properties|null|undefined} historyRequest
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.historyRequest = null;

            /**
             * WrapperMessage history.
             * @member {TestTask.Messages.History.$Properties|null|undefined} history
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.history = null;

            /**
             * WrapperMessage who.
             * @member {TestTask.Messages.Who.$Properties|null|undefined} who
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.who = null;

            /**
             * WrapperMessage members.
             * @member {TestTask.Messages.Members.$Properties|null|undefined} members
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.members = null;

            /**
             * WrapperMessage putFile.
             * @member {TestTask.Messages.PutFile.$Properties|null|undefined} putFile
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.putFile = null;

            /**
             * WrapperMessage fileChunk.
             * @member {TestTask.Messages.FileChunk.$Properties|null|undefined} fileChunk
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.fileChunk = null;

            /**
             * WrapperMessage fileProgress.
             * @member {TestTask.Messages.FileProgress.$Properties|null|undefined} fileProgress
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.fileProgress = null;

            /**
             * WrapperMessage listFiles.
             * @member {TestTask.Messages.ListFiles.$Properties|null|undefined} listFiles
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.listFiles = null;

            /**
             * WrapperMessage fileList.
             * @member {TestTask.Messages.FileList.$Properties|null|undefined} fileList
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.fileList = null;

            /**
             * WrapperMessage findFile.
             * @member {TestTask.Messages.FindFile.$Properties|null|undefined} findFile
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.findFile = null;

            /**
             * WrapperMessage fileInfo.
             * @member {TestTask.Messages.FileInfo.$Properties|null|undefined} fileInfo
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.fileInfo = null;

            /**
             * WrapperMessage readFile.
             * @member {TestTask.Messages.ReadFile.$Properties|null|undefined} readFile
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.readFile = null;

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
             * WrapperMessage document.
             * @member {TestTask.Messages.Document.$Properties|null|undefined} document
             * @memberof TestTask.Messages.WrapperMessage
             * @instance
             */
            WrapperMessage.prototype.document = null;

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
                if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                    $root.TestTask.Messages.Join.encode(message.join, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.joined != null && $Object.hasOwnProperty.call(message, "joined"))
                    $root.TestTask.Messages.Joined.encode(message.joined, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.say != null && $Object.hasOwnProperty.call(message, "say"))
                    $root.TestTask.Messages.Say.encode(message.say, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.roomEvent != null && $Object.hasOwnProperty.call(message, "roomEvent"))
                    $root.TestTask.Messages.RoomEvent.encode(message.roomEvent, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                if (message.historyRequest != null && $Object.hasOwnProperty.call(message, "historyRequest"))
                    $root.TestTask.Messages.HistoryRequest.encode(message.historyRequest, writer.uint32(/* id 26, wireType 2 =*/210).fork(), _depth + 1).ldelim();
                if (message.history != null && $Object.hasOwnProperty.call(message, "history"))
                    $root.TestTask.Messages.History.encode(message.history, writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
                if (message.who != null && $Object.hasOwnProperty.call(message, "who"))
                    $root.TestTask.Messages.Who.encode(message.who, writer.uint32(/* id 28, wireType 2 =*/226).fork(), _depth + 1).ldelim();
                if (message.members != null && $Object.hasOwnProperty.call(message, "members"))
                    $root.TestTask.Messages.Members.encode(message.members, writer.uint32(/* id 29, wireType 2 =*/234).fork(), _depth + 1).ldelim();
                if (message.putFile != null && $Object.hasOwnProperty.call(message, "putFile"))
                    $root.TestTask.Messages.PutFile.encode(message.putFile, writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                if (message.fileChunk != null && $Object.hasOwnProperty.call(message, "fileChunk"))
                    $root.TestTask.Messages.FileChunk.encode(message.fileChunk, writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
                if (message.fileProgress != null && $Object.hasOwnProperty.call(message, "fileProgress"))
                    $root.TestTask.Messages.FileProgress.encode(message.fileProgress, writer.uint32(/* id 32, wireType 2 =*/258).fork(), _depth + 1).ldelim();
                if (message.listFiles != null && $Object.hasOwnProperty.call(message, "listFiles"))
                    $root.TestTask.Messages.ListFiles.encode(message.listFiles, writer.uint32(/* id 33, wireType 2 =*/266).fork(), _depth + 1).ldelim();
                if (message.fileList != null && $Object.hasOwnProperty.call(message, "fileList"))
                    $root.TestTask.Messages.FileList.encode(message.fileList, writer.uint32(/* id 34, wireType 2 =*/274).fork(), _depth + 1).ldelim();
                if (message.findFile != null && $Object.hasOwnProperty.call(message, "findFile"))
                    $root.TestTask.Messages.FindFile.encode(message.findFile, writer.uint32(/* id 35, wireType 2 =*/282).fork(), _depth + 1).ldelim();
                if (message.fileInfo != null && $Object.hasOwnProperty.call(message, "fileInfo"))
                    $root.TestTask.Messages.FileInfo.encode(message.fileInfo, writer.uint32(/* id 36, wireType 2 =*/290).fork(), _depth + 1).ldelim();
                if (message.readFile != null && $Object.hasOwnProperty.call(message, "readFile"))
                    $root.TestTask.Messages.ReadFile.encode(message.readFile, writer.uint32(/* id 37, wireType 2 =*/298).fork(), _depth + 1).ldelim();
                if (message.shutdown != null && $Object.hasOwnProperty.call(message, "shutdown"))
                    $root.TestTask.Messages.Shutdown.encode(message.shutdown, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.shutdownReport != null && $Object.hasOwnProperty.call(message, "shutdownReport"))
                    $root.TestTask.Messages.ShutdownReport.encode(message.shutdownReport, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.document != null && $Object.hasOwnProperty.call(message, "document"))
                    $root.TestTask.Messages.Document.encode(message.document, writer.uint32(/* id 42, wireType 2 =*/338).fork(), _depth + 1).ldelim();
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
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.join = $root.TestTask.Messages.Join.decode(reader, reader.size(), $undefined, _depth + 1, message.join);
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.joined = $root.TestTask.Messages.Joined.decode(reader, reader.size(), $undefined, _depth + 1, message.joined);
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.say = $root.TestTask.Messages.Say.decode(reader, reader.size(), $undefined, _depth + 1, message.say);
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            message.roomEvent = $root.TestTask.Messages.RoomEvent.decode(reader, reader.size(), $undefined, _depth + 1, message.roomEvent);
                            continue;
                        }
                    case 26: {
                            if (wireType !== 2)
                                break;
                            message.historyRequest = $root.TestTask.Messages.HistoryRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.historyRequest);
                            continue;
                        }
                    case 27: {
                            if (wireType !== 2)
                                break;
                            message.history = $root.TestTask.Messages.History.decode(reader, reader.size(), $undefined, _depth + 1, message.history);
                            continue;
                        }
                    case 28: {
                            if (wireType !== 2)
                                break;
                            message.who = $root.TestTask.Messages.Who.decode(reader, reader.size(), $undefined, _depth + 1, message.who);
                            continue;
                        }
                    case 29: {
                            if (wireType !== 2)
                                break;
                            message.members = $root.TestTask.Messages.Members.decode(reader, reader.size(), $undefined, _depth + 1, message.members);
                            continue;
                        }
                    case 30: {
                            if (wireType !== 2)
                                break;
                            message.putFile = $root.TestTask.Messages.PutFile.decode(reader, reader.size(), $undefined, _depth + 1, message.putFile);
                            continue;
                        }
                    case 31: {
                            if (wireType !== 2)
                                break;
                            message.fileChunk = $root.TestTask.Messages.FileChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.fileChunk);
                            continue;
                        }
                    case 32: {
                            if (wireType !== 2)
                                break;
                            message.fileProgress = $root.TestTask.Messages.FileProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.fileProgress);
                            continue;
                        }
                    case 33: {
                            if (wireType !== 2)
                                break;
                            message.listFiles = $root.TestTask.Messages.ListFiles.decode(reader, reader.size(), $undefined, _depth + 1, message.listFiles);
                            continue;
                        }
                    case 34: {
                            if (wireType !== 2)
                                break;
                            message.fileList = $root.TestTask.Messages.FileList.decode(reader, reader.size(), $undefined, _depth + 1, message.fileList);
                            continue;
                        }
                    case 35: {
                            if (wireType !== 2)
                                break;
                            message.findFile = $root.TestTask.Messages.FindFile.decode(reader, reader.size(), $undefined, _depth + 1, message.findFile);
                            continue;
                        }
                    case 36: {
                            if (wireType !== 2)
                                break;
                            message.fileInfo = $root.TestTask.Messages.FileInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.fileInfo);
                            continue;
                        }
                    case 37: {
                            if (wireType !== 2)
                                break;
                            message.readFile = $root.TestTask.Messages.ReadFile.decode(reader, reader.size(), $undefined, _depth + 1, message.readFile);
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
                    case 42: {
                            if (wireType !== 2)
                                break;
                            message.document = $root.TestTask.Messages.Document.decode(reader, reader.size(), $undefined, _depth + 1, message.document);
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
