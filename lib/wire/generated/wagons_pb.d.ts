import * as $protobuf from "protobufjs/minimal.js";
type Long = { toNumber(): number };

/** Namespace TestTask. */
export namespace TestTask {

    /** Namespace Messages. */
    namespace Messages {

        /**
         * Properties of a FastResponse.
         * @deprecated Use TestTask.Messages.FastResponse.$Properties instead.
         */
        interface IFastResponse extends TestTask.Messages.FastResponse.$Properties {
        }

        /** Represents a FastResponse. */
        class FastResponse {

            /**
             * Constructs a new FastResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FastResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FastResponse currentDateTime. */
            currentDateTime: string;

            /**
             * Encodes the specified FastResponse message. Does not implicitly {@link TestTask.Messages.FastResponse.verify|verify} messages.
             * @param message FastResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FastResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FastResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FastResponse & TestTask.Messages.FastResponse.$Shape} FastResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FastResponse & TestTask.Messages.FastResponse.$Shape;
        }

        namespace FastResponse {

            /** Properties of a FastResponse. */
            interface $Properties {

                /** FastResponse currentDateTime */
                currentDateTime: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FastResponse. */
            type $Shape = TestTask.Messages.FastResponse.$Properties;
        }

        /**
         * Properties of a SlowResponse.
         * @deprecated Use TestTask.Messages.SlowResponse.$Properties instead.
         */
        interface ISlowResponse extends TestTask.Messages.SlowResponse.$Properties {
        }

        /** Represents a SlowResponse. */
        class SlowResponse {

            /**
             * Constructs a new SlowResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.SlowResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SlowResponse connectedClientCount. */
            connectedClientCount: number;

            /**
             * Encodes the specified SlowResponse message. Does not implicitly {@link TestTask.Messages.SlowResponse.verify|verify} messages.
             * @param message SlowResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.SlowResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SlowResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.SlowResponse & TestTask.Messages.SlowResponse.$Shape} SlowResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.SlowResponse & TestTask.Messages.SlowResponse.$Shape;
        }

        namespace SlowResponse {

            /** Properties of a SlowResponse. */
            interface $Properties {

                /** SlowResponse connectedClientCount */
                connectedClientCount: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SlowResponse. */
            type $Shape = TestTask.Messages.SlowResponse.$Properties;
        }

        /**
         * Properties of a RequestForFastResponse.
         * @deprecated Use TestTask.Messages.RequestForFastResponse.$Properties instead.
         */
        interface IRequestForFastResponse extends TestTask.Messages.RequestForFastResponse.$Properties {
        }

        /** Represents a RequestForFastResponse. */
        class RequestForFastResponse {

            /**
             * Constructs a new RequestForFastResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.RequestForFastResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified RequestForFastResponse message. Does not implicitly {@link TestTask.Messages.RequestForFastResponse.verify|verify} messages.
             * @param message RequestForFastResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.RequestForFastResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RequestForFastResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.RequestForFastResponse & TestTask.Messages.RequestForFastResponse.$Shape} RequestForFastResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.RequestForFastResponse & TestTask.Messages.RequestForFastResponse.$Shape;
        }

        namespace RequestForFastResponse {

            /** Properties of a RequestForFastResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RequestForFastResponse. */
            type $Shape = TestTask.Messages.RequestForFastResponse.$Properties;
        }

        /**
         * Properties of a RequestForSlowResponse.
         * @deprecated Use TestTask.Messages.RequestForSlowResponse.$Properties instead.
         */
        interface IRequestForSlowResponse extends TestTask.Messages.RequestForSlowResponse.$Properties {
        }

        /** Represents a RequestForSlowResponse. */
        class RequestForSlowResponse {

            /**
             * Constructs a new RequestForSlowResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.RequestForSlowResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RequestForSlowResponse timeInSecondsToSleep. */
            timeInSecondsToSleep: number;

            /**
             * Encodes the specified RequestForSlowResponse message. Does not implicitly {@link TestTask.Messages.RequestForSlowResponse.verify|verify} messages.
             * @param message RequestForSlowResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.RequestForSlowResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RequestForSlowResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.RequestForSlowResponse & TestTask.Messages.RequestForSlowResponse.$Shape} RequestForSlowResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.RequestForSlowResponse & TestTask.Messages.RequestForSlowResponse.$Shape;
        }

        namespace RequestForSlowResponse {

            /** Properties of a RequestForSlowResponse. */
            interface $Properties {

                /** RequestForSlowResponse timeInSecondsToSleep */
                timeInSecondsToSleep: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RequestForSlowResponse. */
            type $Shape = TestTask.Messages.RequestForSlowResponse.$Properties;
        }

        /**
         * Properties of a Hello.
         * @deprecated Use TestTask.Messages.Hello.$Properties instead.
         */
        interface IHello extends TestTask.Messages.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello version. */
            version: number;

            /** Hello nonce. */
            nonce: Uint8Array;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link TestTask.Messages.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Hello & TestTask.Messages.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Hello & TestTask.Messages.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello version */
                version: number;

                /** Hello nonce */
                nonce: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = TestTask.Messages.Hello.$Properties;
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use TestTask.Messages.Welcome.$Properties instead.
         */
        interface IWelcome extends TestTask.Messages.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome version. */
            version: number;

            /** Welcome nonce. */
            nonce: Uint8Array;

            /** Welcome maxMessageBytes. */
            maxMessageBytes: number;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link TestTask.Messages.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Welcome & TestTask.Messages.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Welcome & TestTask.Messages.Welcome.$Shape;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome version */
                version: number;

                /** Welcome nonce */
                nonce: Uint8Array;

                /** Welcome maxMessageBytes */
                maxMessageBytes: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = TestTask.Messages.Welcome.$Properties;
        }

        /**
         * Properties of a Sealed.
         * @deprecated Use TestTask.Messages.Sealed.$Properties instead.
         */
        interface ISealed extends TestTask.Messages.Sealed.$Properties {
        }

        /** Represents a Sealed. */
        class Sealed {

            /**
             * Constructs a new Sealed.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Sealed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Sealed body. */
            body: Uint8Array;

            /**
             * Encodes the specified Sealed message. Does not implicitly {@link TestTask.Messages.Sealed.verify|verify} messages.
             * @param message Sealed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Sealed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Sealed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Sealed & TestTask.Messages.Sealed.$Shape} Sealed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Sealed & TestTask.Messages.Sealed.$Shape;
        }

        namespace Sealed {

            /** Properties of a Sealed. */
            interface $Properties {

                /** Sealed body */
                body: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Sealed. */
            type $Shape = TestTask.Messages.Sealed.$Properties;
        }

        /**
         * Properties of a Refusal.
         * @deprecated Use TestTask.Messages.Refusal.$Properties instead.
         */
        interface IRefusal extends TestTask.Messages.Refusal.$Properties {
        }

        /** Represents a Refusal. */
        class Refusal {

            /**
             * Constructs a new Refusal.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Refusal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refusal code. */
            code: TestTask.Messages.Refusal.Code;

            /** Refusal text. */
            text: string;

            /** Refusal id. */
            id: Uint8Array;

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link TestTask.Messages.Refusal.verify|verify} messages.
             * @param message Refusal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Refusal & TestTask.Messages.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Refusal & TestTask.Messages.Refusal.$Shape;
        }

        namespace Refusal {

            /** Properties of a Refusal. */
            interface $Properties {

                /** Refusal code */
                code?: (TestTask.Messages.Refusal.Code|null);

                /** Refusal text */
                text: string;

                /** Refusal id */
                id?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refusal. */
            type $Shape = TestTask.Messages.Refusal.$Properties;

            /** Code enum. */
            enum Code {

                /** UNKNOWN value */
                UNKNOWN = 0,

                /** BROKEN_FRAME value */
                BROKEN_FRAME = 1,

                /** FRAME_TOO_LARGE value */
                FRAME_TOO_LARGE = 2,

                /** FRAME_TIMED_OUT value */
                FRAME_TIMED_OUT = 3,

                /** TOO_MANY_CONNECTIONS value */
                TOO_MANY_CONNECTIONS = 4,

                /** TOO_MANY_SLEEPING value */
                TOO_MANY_SLEEPING = 5,

                /** UNSUPPORTED value */
                UNSUPPORTED = 6,

                /** INVALID value */
                INVALID = 7,

                /** FORBIDDEN value */
                FORBIDDEN = 8,

                /** SHUTTING_DOWN value */
                SHUTTING_DOWN = 9,

                /** FAILED value */
                FAILED = 10,

                /** SEAL_REQUIRED value */
                SEAL_REQUIRED = 11,

                /** NO_KEY value */
                NO_KEY = 12,

                /** WRONG_KEY value */
                WRONG_KEY = 13,

                /** BROKEN_SEAL value */
                BROKEN_SEAL = 14,

                /** PROOF_TIMED_OUT value */
                PROOF_TIMED_OUT = 15,

                /** TOO_MANY_FAILED_PROOFS value */
                TOO_MANY_FAILED_PROOFS = 16,

                /** UNSUPPORTED_VERSION value */
                UNSUPPORTED_VERSION = 17,

                /** TOO_SLOW value */
                TOO_SLOW = 18,

                /** NOT_FOUND value */
                NOT_FOUND = 19,

                /** TOO_LARGE value */
                TOO_LARGE = 20,

                /** NOT_IN_ROOM value */
                NOT_IN_ROOM = 21,

                /** BUSY value */
                BUSY = 22
            }
        }

        /**
         * Properties of a Manifest.
         * @deprecated Use TestTask.Messages.Manifest.$Properties instead.
         */
        interface IManifest extends TestTask.Messages.Manifest.$Properties {
        }

        /** Represents a Manifest. */
        class Manifest {

            /**
             * Constructs a new Manifest.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Manifest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Manifest id. */
            id: Uint8Array;

            /** Manifest source. */
            source: string;

            /** Manifest madeAtMs. */
            madeAtMs: (number|Long);

            /** Manifest entries. */
            entries: TestTask.Messages.Manifest.Entry.$Properties[];

            /**
             * Encodes the specified Manifest message. Does not implicitly {@link TestTask.Messages.Manifest.verify|verify} messages.
             * @param message Manifest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Manifest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Manifest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Manifest & TestTask.Messages.Manifest.$Shape} Manifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Manifest & TestTask.Messages.Manifest.$Shape;
        }

        namespace Manifest {

            /** Properties of a Manifest. */
            interface $Properties {

                /** Manifest id */
                id: Uint8Array;

                /** Manifest source */
                source: string;

                /** Manifest madeAtMs */
                madeAtMs: (number|Long);

                /** Manifest entries */
                entries?: (TestTask.Messages.Manifest.Entry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Manifest. */
            type $Shape = TestTask.Messages.Manifest.$Properties;

            /**
             * Properties of an Entry.
             * @deprecated Use TestTask.Messages.Manifest.Entry.$Properties instead.
             */
            interface IEntry extends TestTask.Messages.Manifest.Entry.$Properties {
            }

            /** Represents an Entry. */
            class Entry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: TestTask.Messages.Manifest.Entry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Entry city. */
                city: string;

                /** Entry wagons. */
                wagons: number;

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link TestTask.Messages.Manifest.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: TestTask.Messages.Manifest.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {TestTask.Messages.Manifest.Entry & TestTask.Messages.Manifest.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Manifest.Entry & TestTask.Messages.Manifest.Entry.$Shape;
            }

            namespace Entry {

                /** Properties of an Entry. */
                interface $Properties {

                    /** Entry city */
                    city: string;

                    /** Entry wagons */
                    wagons: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Entry. */
                type $Shape = TestTask.Messages.Manifest.Entry.$Properties;
            }
        }

        /**
         * Properties of a Document.
         * @deprecated Use TestTask.Messages.Document.$Properties instead.
         */
        interface IDocument extends TestTask.Messages.Document.$Properties {
        }

        /** Represents a Document. */
        class Document {

            /**
             * Constructs a new Document.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Document.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Document id. */
            id: Uint8Array;

            /** Document source. */
            source: string;

            /** Document madeAtMs. */
            madeAtMs: (number|Long);

            /** Document json. */
            json: Uint8Array;

            /**
             * Encodes the specified Document message. Does not implicitly {@link TestTask.Messages.Document.verify|verify} messages.
             * @param message Document message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Document.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Document message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Document & TestTask.Messages.Document.$Shape} Document
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Document & TestTask.Messages.Document.$Shape;
        }

        namespace Document {

            /** Properties of a Document. */
            interface $Properties {

                /** Document id */
                id: Uint8Array;

                /** Document source */
                source: string;

                /** Document madeAtMs */
                madeAtMs: (number|Long);

                /** Document json */
                json: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Document. */
            type $Shape = TestTask.Messages.Document.$Properties;
        }

        /**
         * Properties of a Receipt.
         * @deprecated Use TestTask.Messages.Receipt.$Properties instead.
         */
        interface IReceipt extends TestTask.Messages.Receipt.$Properties {
        }

        /** Represents a Receipt. */
        class Receipt {

            /**
             * Constructs a new Receipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Receipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Receipt id. */
            id: Uint8Array;

            /** Receipt storedAtMs. */
            storedAtMs: (number|Long);

            /** Receipt duplicate. */
            duplicate: boolean;

            /**
             * Encodes the specified Receipt message. Does not implicitly {@link TestTask.Messages.Receipt.verify|verify} messages.
             * @param message Receipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Receipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Receipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Receipt & TestTask.Messages.Receipt.$Shape} Receipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Receipt & TestTask.Messages.Receipt.$Shape;
        }

        namespace Receipt {

            /** Properties of a Receipt. */
            interface $Properties {

                /** Receipt id */
                id: Uint8Array;

                /** Receipt storedAtMs */
                storedAtMs: (number|Long);

                /** Receipt duplicate */
                duplicate: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Receipt. */
            type $Shape = TestTask.Messages.Receipt.$Properties;
        }

        /**
         * Properties of a Join.
         * @deprecated Use TestTask.Messages.Join.$Properties instead.
         */
        interface IJoin extends TestTask.Messages.Join.$Properties {
        }

        /** Represents a Join. */
        class Join {

            /**
             * Constructs a new Join.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Join.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Join name. */
            name: string;

            /**
             * Encodes the specified Join message. Does not implicitly {@link TestTask.Messages.Join.verify|verify} messages.
             * @param message Join message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Join & TestTask.Messages.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Join & TestTask.Messages.Join.$Shape;
        }

        namespace Join {

            /** Properties of a Join. */
            interface $Properties {

                /** Join name */
                name: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Join. */
            type $Shape = TestTask.Messages.Join.$Properties;
        }

        /**
         * Properties of a Joined.
         * @deprecated Use TestTask.Messages.Joined.$Properties instead.
         */
        interface IJoined extends TestTask.Messages.Joined.$Properties {
        }

        /** Represents a Joined. */
        class Joined {

            /**
             * Constructs a new Joined.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Joined.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Joined name. */
            name: string;

            /** Joined last. */
            last: (number|Long);

            /** Joined members. */
            members: number;

            /**
             * Encodes the specified Joined message. Does not implicitly {@link TestTask.Messages.Joined.verify|verify} messages.
             * @param message Joined message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Joined.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Joined message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Joined & TestTask.Messages.Joined.$Shape} Joined
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Joined & TestTask.Messages.Joined.$Shape;
        }

        namespace Joined {

            /** Properties of a Joined. */
            interface $Properties {

                /** Joined name */
                name: string;

                /** Joined last */
                last: (number|Long);

                /** Joined members */
                members: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Joined. */
            type $Shape = TestTask.Messages.Joined.$Properties;
        }

        /**
         * Properties of a Say.
         * @deprecated Use TestTask.Messages.Say.$Properties instead.
         */
        interface ISay extends TestTask.Messages.Say.$Properties {
        }

        /** Represents a Say. */
        class Say {

            /**
             * Constructs a new Say.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Say.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Say id. */
            id: Uint8Array;

            /** Say text. */
            text: string;

            /**
             * Encodes the specified Say message. Does not implicitly {@link TestTask.Messages.Say.verify|verify} messages.
             * @param message Say message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Say.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Say message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Say & TestTask.Messages.Say.$Shape} Say
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Say & TestTask.Messages.Say.$Shape;
        }

        namespace Say {

            /** Properties of a Say. */
            interface $Properties {

                /** Say id */
                id: Uint8Array;

                /** Say text */
                text: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Say. */
            type $Shape = TestTask.Messages.Say.$Properties;
        }

        /**
         * Properties of a FileInfo.
         * @deprecated Use TestTask.Messages.FileInfo.$Properties instead.
         */
        interface IFileInfo extends TestTask.Messages.FileInfo.$Properties {
        }

        /** Represents a FileInfo. */
        class FileInfo {

            /**
             * Constructs a new FileInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FileInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FileInfo id. */
            id: Uint8Array;

            /** FileInfo name. */
            name: string;

            /** FileInfo size. */
            size: (number|Long);

            /** FileInfo sha256. */
            sha256: Uint8Array;

            /** FileInfo source. */
            source: string;

            /** FileInfo storedAtMs. */
            storedAtMs: (number|Long);

            /** FileInfo number. */
            number: (number|Long);

            /**
             * Encodes the specified FileInfo message. Does not implicitly {@link TestTask.Messages.FileInfo.verify|verify} messages.
             * @param message FileInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FileInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileInfo & TestTask.Messages.FileInfo.$Shape} FileInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FileInfo & TestTask.Messages.FileInfo.$Shape;
        }

        namespace FileInfo {

            /** Properties of a FileInfo. */
            interface $Properties {

                /** FileInfo id */
                id: Uint8Array;

                /** FileInfo name */
                name: string;

                /** FileInfo size */
                size: (number|Long);

                /** FileInfo sha256 */
                sha256: Uint8Array;

                /** FileInfo source */
                source: string;

                /** FileInfo storedAtMs */
                storedAtMs: (number|Long);

                /** FileInfo number */
                number: (number|Long);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileInfo. */
            type $Shape = TestTask.Messages.FileInfo.$Properties;
        }

        /**
         * Properties of a RoomEvent.
         * @deprecated Use TestTask.Messages.RoomEvent.$Properties instead.
         */
        interface IRoomEvent extends TestTask.Messages.RoomEvent.$Properties {
        }

        /** Represents a RoomEvent. */
        class RoomEvent {

            /**
             * Constructs a new RoomEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.RoomEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RoomEvent number. */
            number: (number|Long);

            /** RoomEvent atMs. */
            atMs: (number|Long);

            /** RoomEvent name. */
            name: string;

            /** RoomEvent dialect. */
            dialect: string;

            /** RoomEvent id. */
            id: Uint8Array;

            /** RoomEvent text. */
            text?: (string|null);

            /** RoomEvent file. */
            file?: (TestTask.Messages.FileInfo.$Properties|null);

            /** RoomEvent came. */
            came?: (TestTask.Messages.RoomEvent.Came.$Properties|null);

            /** RoomEvent left. */
            left?: (TestTask.Messages.RoomEvent.Left.$Properties|null);

            /** RoomEvent what. */
            what?: ("text"|"file"|"came"|"left");

            /**
             * Encodes the specified RoomEvent message. Does not implicitly {@link TestTask.Messages.RoomEvent.verify|verify} messages.
             * @param message RoomEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.RoomEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RoomEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.RoomEvent & TestTask.Messages.RoomEvent.$Shape} RoomEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.RoomEvent & TestTask.Messages.RoomEvent.$Shape;
        }

        namespace RoomEvent {

            /** Properties of a RoomEvent. */
            interface $Properties {

                /** RoomEvent number */
                number?: (number|Long|null);

                /** RoomEvent atMs */
                atMs: (number|Long);

                /** RoomEvent name */
                name: string;

                /** RoomEvent dialect */
                dialect: string;

                /** RoomEvent id */
                id?: (Uint8Array|null);

                /** RoomEvent text */
                text?: (string|null);

                /** RoomEvent file */
                file?: (TestTask.Messages.FileInfo.$Properties|null);

                /** RoomEvent came */
                came?: (TestTask.Messages.RoomEvent.Came.$Properties|null);

                /** RoomEvent left */
                left?: (TestTask.Messages.RoomEvent.Left.$Properties|null);

                /** RoomEvent what */
                what?: ("text"|"file"|"came"|"left");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a RoomEvent. */
            type $Shape = {
              number?: number|Long|null;
              atMs: number|Long;
              name: string;
              dialect: string;
              id?: Uint8Array|null;
              text?: string|null;
              file?: TestTask.Messages.FileInfo.$Shape|null;
              came?: TestTask.Messages.RoomEvent.Came.$Shape|null;
              left?: TestTask.Messages.RoomEvent.Left.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; text?: null; file?: null; came?: null; left?: null }|{ what?: "text"; text: string; file?: null; came?: null; left?: null }|{ what?: "file"; text?: null; file: TestTask.Messages.FileInfo.$Shape; came?: null; left?: null }|{ what?: "came"; text?: null; file?: null; came: TestTask.Messages.RoomEvent.Came.$Shape; left?: null }|{ what?: "left"; text?: null; file?: null; came?: null; left: TestTask.Messages.RoomEvent.Left.$Shape })
            );

            /**
             * Properties of a Came.
             * @deprecated Use TestTask.Messages.RoomEvent.Came.$Properties instead.
             */
            interface ICame extends TestTask.Messages.RoomEvent.Came.$Properties {
            }

            /** Represents a Came. */
            class Came {

                /**
                 * Constructs a new Came.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: TestTask.Messages.RoomEvent.Came.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Came message. Does not implicitly {@link TestTask.Messages.RoomEvent.Came.verify|verify} messages.
                 * @param message Came message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: TestTask.Messages.RoomEvent.Came.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Came message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {TestTask.Messages.RoomEvent.Came & TestTask.Messages.RoomEvent.Came.$Shape} Came
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.RoomEvent.Came & TestTask.Messages.RoomEvent.Came.$Shape;
            }

            namespace Came {

                /** Properties of a Came. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Came. */
                type $Shape = TestTask.Messages.RoomEvent.Came.$Properties;
            }

            /**
             * Properties of a Left.
             * @deprecated Use TestTask.Messages.RoomEvent.Left.$Properties instead.
             */
            interface ILeft extends TestTask.Messages.RoomEvent.Left.$Properties {
            }

            /** Represents a Left. */
            class Left {

                /**
                 * Constructs a new Left.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: TestTask.Messages.RoomEvent.Left.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Left reason. */
                reason: string;

                /**
                 * Encodes the specified Left message. Does not implicitly {@link TestTask.Messages.RoomEvent.Left.verify|verify} messages.
                 * @param message Left message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: TestTask.Messages.RoomEvent.Left.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Left message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {TestTask.Messages.RoomEvent.Left & TestTask.Messages.RoomEvent.Left.$Shape} Left
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.RoomEvent.Left & TestTask.Messages.RoomEvent.Left.$Shape;
            }

            namespace Left {

                /** Properties of a Left. */
                interface $Properties {

                    /** Left reason */
                    reason: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Left. */
                type $Shape = TestTask.Messages.RoomEvent.Left.$Properties;
            }
        }

        /**
         * Properties of a HistoryRequest.
         * @deprecated Use TestTask.Messages.HistoryRequest.$Properties instead.
         */
        interface IHistoryRequest extends TestTask.Messages.HistoryRequest.$Properties {
        }

        /** Represents a HistoryRequest. */
        class HistoryRequest {

            /**
             * Constructs a new HistoryRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.HistoryRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryRequest after. */
            after: (number|Long);

            /** HistoryRequest before. */
            before: (number|Long);

            /** HistoryRequest limit. */
            limit: number;

            /**
             * Encodes the specified HistoryRequest message. Does not implicitly {@link TestTask.Messages.HistoryRequest.verify|verify} messages.
             * @param message HistoryRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.HistoryRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.HistoryRequest & TestTask.Messages.HistoryRequest.$Shape} HistoryRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.HistoryRequest & TestTask.Messages.HistoryRequest.$Shape;
        }

        namespace HistoryRequest {

            /** Properties of a HistoryRequest. */
            interface $Properties {

                /** HistoryRequest after */
                after?: (number|Long|null);

                /** HistoryRequest before */
                before?: (number|Long|null);

                /** HistoryRequest limit */
                limit: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryRequest. */
            type $Shape = TestTask.Messages.HistoryRequest.$Properties;
        }

        /**
         * Properties of a History.
         * @deprecated Use TestTask.Messages.History.$Properties instead.
         */
        interface IHistory extends TestTask.Messages.History.$Properties {
        }

        /** Represents a History. */
        class History {

            /**
             * Constructs a new History.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.History.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** History events. */
            events: TestTask.Messages.RoomEvent.$Properties[];

            /** History oldest. */
            oldest: (number|Long);

            /**
             * Encodes the specified History message. Does not implicitly {@link TestTask.Messages.History.verify|verify} messages.
             * @param message History message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.History.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a History message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.History & TestTask.Messages.History.$Shape} History
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.History & TestTask.Messages.History.$Shape;
        }

        namespace History {

            /** Properties of a History. */
            interface $Properties {

                /** History events */
                events?: (TestTask.Messages.RoomEvent.$Properties[]|null);

                /** History oldest */
                oldest?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a History. */
            type $Shape = {
              events?: TestTask.Messages.RoomEvent.$Shape[]|null;
              oldest?: number|Long|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Who.
         * @deprecated Use TestTask.Messages.Who.$Properties instead.
         */
        interface IWho extends TestTask.Messages.Who.$Properties {
        }

        /** Represents a Who. */
        class Who {

            /**
             * Constructs a new Who.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Who.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Who message. Does not implicitly {@link TestTask.Messages.Who.verify|verify} messages.
             * @param message Who message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Who.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Who message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Who & TestTask.Messages.Who.$Shape} Who
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Who & TestTask.Messages.Who.$Shape;
        }

        namespace Who {

            /** Properties of a Who. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Who. */
            type $Shape = TestTask.Messages.Who.$Properties;
        }

        /**
         * Properties of a Members.
         * @deprecated Use TestTask.Messages.Members.$Properties instead.
         */
        interface IMembers extends TestTask.Messages.Members.$Properties {
        }

        /** Represents a Members. */
        class Members {

            /**
             * Constructs a new Members.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Members.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Members members. */
            members: TestTask.Messages.Members.Member.$Properties[];

            /** Members total. */
            total: number;

            /**
             * Encodes the specified Members message. Does not implicitly {@link TestTask.Messages.Members.verify|verify} messages.
             * @param message Members message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Members.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Members message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Members & TestTask.Messages.Members.$Shape} Members
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Members & TestTask.Messages.Members.$Shape;
        }

        namespace Members {

            /** Properties of a Members. */
            interface $Properties {

                /** Members members */
                members?: (TestTask.Messages.Members.Member.$Properties[]|null);

                /** Members total */
                total: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Members. */
            type $Shape = TestTask.Messages.Members.$Properties;

            /**
             * Properties of a Member.
             * @deprecated Use TestTask.Messages.Members.Member.$Properties instead.
             */
            interface IMember extends TestTask.Messages.Members.Member.$Properties {
            }

            /** Represents a Member. */
            class Member {

                /**
                 * Constructs a new Member.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: TestTask.Messages.Members.Member.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Member name. */
                name: string;

                /** Member dialect. */
                dialect: string;

                /** Member sinceMs. */
                sinceMs: (number|Long);

                /**
                 * Encodes the specified Member message. Does not implicitly {@link TestTask.Messages.Members.Member.verify|verify} messages.
                 * @param message Member message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: TestTask.Messages.Members.Member.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Member message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {TestTask.Messages.Members.Member & TestTask.Messages.Members.Member.$Shape} Member
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Members.Member & TestTask.Messages.Members.Member.$Shape;
            }

            namespace Member {

                /** Properties of a Member. */
                interface $Properties {

                    /** Member name */
                    name: string;

                    /** Member dialect */
                    dialect: string;

                    /** Member sinceMs */
                    sinceMs: (number|Long);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Member. */
                type $Shape = TestTask.Messages.Members.Member.$Properties;
            }
        }

        /**
         * Properties of a PutFile.
         * @deprecated Use TestTask.Messages.PutFile.$Properties instead.
         */
        interface IPutFile extends TestTask.Messages.PutFile.$Properties {
        }

        /** Represents a PutFile. */
        class PutFile {

            /**
             * Constructs a new PutFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.PutFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PutFile id. */
            id: Uint8Array;

            /** PutFile name. */
            name: string;

            /** PutFile size. */
            size: (number|Long);

            /** PutFile sha256. */
            sha256: Uint8Array;

            /** PutFile source. */
            source: string;

            /** PutFile toRoom. */
            toRoom: boolean;

            /**
             * Encodes the specified PutFile message. Does not implicitly {@link TestTask.Messages.PutFile.verify|verify} messages.
             * @param message PutFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.PutFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PutFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.PutFile & TestTask.Messages.PutFile.$Shape} PutFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.PutFile & TestTask.Messages.PutFile.$Shape;
        }

        namespace PutFile {

            /** Properties of a PutFile. */
            interface $Properties {

                /** PutFile id */
                id: Uint8Array;

                /** PutFile name */
                name: string;

                /** PutFile size */
                size: (number|Long);

                /** PutFile sha256 */
                sha256: Uint8Array;

                /** PutFile source */
                source: string;

                /** PutFile toRoom */
                toRoom: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PutFile. */
            type $Shape = TestTask.Messages.PutFile.$Properties;
        }

        /**
         * Properties of a FileChunk.
         * @deprecated Use TestTask.Messages.FileChunk.$Properties instead.
         */
        interface IFileChunk extends TestTask.Messages.FileChunk.$Properties {
        }

        /** Represents a FileChunk. */
        class FileChunk {

            /**
             * Constructs a new FileChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FileChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FileChunk id. */
            id: Uint8Array;

            /** FileChunk offset. */
            offset: (number|Long);

            /** FileChunk data. */
            data: Uint8Array;

            /**
             * Encodes the specified FileChunk message. Does not implicitly {@link TestTask.Messages.FileChunk.verify|verify} messages.
             * @param message FileChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FileChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileChunk & TestTask.Messages.FileChunk.$Shape} FileChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FileChunk & TestTask.Messages.FileChunk.$Shape;
        }

        namespace FileChunk {

            /** Properties of a FileChunk. */
            interface $Properties {

                /** FileChunk id */
                id: Uint8Array;

                /** FileChunk offset */
                offset: (number|Long);

                /** FileChunk data */
                data: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileChunk. */
            type $Shape = TestTask.Messages.FileChunk.$Properties;
        }

        /**
         * Properties of a FileProgress.
         * @deprecated Use TestTask.Messages.FileProgress.$Properties instead.
         */
        interface IFileProgress extends TestTask.Messages.FileProgress.$Properties {
        }

        /** Represents a FileProgress. */
        class FileProgress {

            /**
             * Constructs a new FileProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FileProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FileProgress id. */
            id: Uint8Array;

            /** FileProgress durableBytes. */
            durableBytes: (number|Long);

            /** FileProgress maxChunkBytes. */
            maxChunkBytes: number;

            /**
             * Encodes the specified FileProgress message. Does not implicitly {@link TestTask.Messages.FileProgress.verify|verify} messages.
             * @param message FileProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FileProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileProgress & TestTask.Messages.FileProgress.$Shape} FileProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FileProgress & TestTask.Messages.FileProgress.$Shape;
        }

        namespace FileProgress {

            /** Properties of a FileProgress. */
            interface $Properties {

                /** FileProgress id */
                id: Uint8Array;

                /** FileProgress durableBytes */
                durableBytes: (number|Long);

                /** FileProgress maxChunkBytes */
                maxChunkBytes: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileProgress. */
            type $Shape = TestTask.Messages.FileProgress.$Properties;
        }

        /**
         * Properties of a ListFiles.
         * @deprecated Use TestTask.Messages.ListFiles.$Properties instead.
         */
        interface IListFiles extends TestTask.Messages.ListFiles.$Properties {
        }

        /** Represents a ListFiles. */
        class ListFiles {

            /**
             * Constructs a new ListFiles.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.ListFiles.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListFiles after. */
            after: (number|Long);

            /** ListFiles limit. */
            limit: number;

            /**
             * Encodes the specified ListFiles message. Does not implicitly {@link TestTask.Messages.ListFiles.verify|verify} messages.
             * @param message ListFiles message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.ListFiles.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListFiles message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.ListFiles & TestTask.Messages.ListFiles.$Shape} ListFiles
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.ListFiles & TestTask.Messages.ListFiles.$Shape;
        }

        namespace ListFiles {

            /** Properties of a ListFiles. */
            interface $Properties {

                /** ListFiles after */
                after: (number|Long);

                /** ListFiles limit */
                limit: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListFiles. */
            type $Shape = TestTask.Messages.ListFiles.$Properties;
        }

        /**
         * Properties of a FileList.
         * @deprecated Use TestTask.Messages.FileList.$Properties instead.
         */
        interface IFileList extends TestTask.Messages.FileList.$Properties {
        }

        /** Represents a FileList. */
        class FileList {

            /**
             * Constructs a new FileList.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FileList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FileList files. */
            files: TestTask.Messages.FileInfo.$Properties[];

            /**
             * Encodes the specified FileList message. Does not implicitly {@link TestTask.Messages.FileList.verify|verify} messages.
             * @param message FileList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FileList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FileList & TestTask.Messages.FileList.$Shape} FileList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FileList & TestTask.Messages.FileList.$Shape;
        }

        namespace FileList {

            /** Properties of a FileList. */
            interface $Properties {

                /** FileList files */
                files?: (TestTask.Messages.FileInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileList. */
            type $Shape = TestTask.Messages.FileList.$Properties;
        }

        /**
         * Properties of a FindFile.
         * @deprecated Use TestTask.Messages.FindFile.$Properties instead.
         */
        interface IFindFile extends TestTask.Messages.FindFile.$Properties {
        }

        /** Represents a FindFile. */
        class FindFile {

            /**
             * Constructs a new FindFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.FindFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FindFile id. */
            id: Uint8Array;

            /**
             * Encodes the specified FindFile message. Does not implicitly {@link TestTask.Messages.FindFile.verify|verify} messages.
             * @param message FindFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.FindFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FindFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.FindFile & TestTask.Messages.FindFile.$Shape} FindFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.FindFile & TestTask.Messages.FindFile.$Shape;
        }

        namespace FindFile {

            /** Properties of a FindFile. */
            interface $Properties {

                /** FindFile id */
                id: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FindFile. */
            type $Shape = TestTask.Messages.FindFile.$Properties;
        }

        /**
         * Properties of a ReadFile.
         * @deprecated Use TestTask.Messages.ReadFile.$Properties instead.
         */
        interface IReadFile extends TestTask.Messages.ReadFile.$Properties {
        }

        /** Represents a ReadFile. */
        class ReadFile {

            /**
             * Constructs a new ReadFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.ReadFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReadFile id. */
            id: Uint8Array;

            /** ReadFile offset. */
            offset: (number|Long);

            /** ReadFile length. */
            length: number;

            /**
             * Encodes the specified ReadFile message. Does not implicitly {@link TestTask.Messages.ReadFile.verify|verify} messages.
             * @param message ReadFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.ReadFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.ReadFile & TestTask.Messages.ReadFile.$Shape} ReadFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.ReadFile & TestTask.Messages.ReadFile.$Shape;
        }

        namespace ReadFile {

            /** Properties of a ReadFile. */
            interface $Properties {

                /** ReadFile id */
                id: Uint8Array;

                /** ReadFile offset */
                offset: (number|Long);

                /** ReadFile length */
                length: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadFile. */
            type $Shape = TestTask.Messages.ReadFile.$Properties;
        }

        /**
         * Properties of a Shutdown.
         * @deprecated Use TestTask.Messages.Shutdown.$Properties instead.
         */
        interface IShutdown extends TestTask.Messages.Shutdown.$Properties {
        }

        /** Represents a Shutdown. */
        class Shutdown {

            /**
             * Constructs a new Shutdown.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.Shutdown.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Shutdown message. Does not implicitly {@link TestTask.Messages.Shutdown.verify|verify} messages.
             * @param message Shutdown message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.Shutdown.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Shutdown message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.Shutdown & TestTask.Messages.Shutdown.$Shape} Shutdown
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.Shutdown & TestTask.Messages.Shutdown.$Shape;
        }

        namespace Shutdown {

            /** Properties of a Shutdown. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Shutdown. */
            type $Shape = TestTask.Messages.Shutdown.$Properties;
        }

        /**
         * Properties of a ShutdownReport.
         * @deprecated Use TestTask.Messages.ShutdownReport.$Properties instead.
         */
        interface IShutdownReport extends TestTask.Messages.ShutdownReport.$Properties {
        }

        /** Represents a ShutdownReport. */
        class ShutdownReport {

            /**
             * Constructs a new ShutdownReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.ShutdownReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShutdownReport connections. */
            connections: number;

            /** ShutdownReport finished. */
            finished: number;

            /** ShutdownReport abandoned. */
            abandoned: number;

            /** ShutdownReport tookMs. */
            tookMs: number;

            /**
             * Encodes the specified ShutdownReport message. Does not implicitly {@link TestTask.Messages.ShutdownReport.verify|verify} messages.
             * @param message ShutdownReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.ShutdownReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShutdownReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.ShutdownReport & TestTask.Messages.ShutdownReport.$Shape} ShutdownReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.ShutdownReport & TestTask.Messages.ShutdownReport.$Shape;
        }

        namespace ShutdownReport {

            /** Properties of a ShutdownReport. */
            interface $Properties {

                /** ShutdownReport connections */
                connections: number;

                /** ShutdownReport finished */
                finished: number;

                /** ShutdownReport abandoned */
                abandoned: number;

                /** ShutdownReport tookMs */
                tookMs: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShutdownReport. */
            type $Shape = TestTask.Messages.ShutdownReport.$Properties;
        }

        /**
         * Properties of a WrapperMessage.
         * @deprecated Use TestTask.Messages.WrapperMessage.$Properties instead.
         */
        interface IWrapperMessage extends TestTask.Messages.WrapperMessage.$Properties {
        }

        /** Represents a WrapperMessage. */
        class WrapperMessage {

            /**
             * Constructs a new WrapperMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: TestTask.Messages.WrapperMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WrapperMessage fastResponse. */
            fastResponse?: (TestTask.Messages.FastResponse.$Properties|null);

            /** WrapperMessage slowResponse. */
            slowResponse?: (TestTask.Messages.SlowResponse.$Properties|null);

            /** WrapperMessage requestForFastResponse. */
            requestForFastResponse?: (TestTask.Messages.RequestForFastResponse.$Properties|null);

            /** WrapperMessage requestForSlowResponse. */
            requestForSlowResponse?: (TestTask.Messages.RequestForSlowResponse.$Properties|null);

            /** WrapperMessage hello. */
            hello?: (TestTask.Messages.Hello.$Properties|null);

            /** WrapperMessage welcome. */
            welcome?: (TestTask.Messages.Welcome.$Properties|null);

            /** WrapperMessage sealed. */
            sealed?: (TestTask.Messages.Sealed.$Properties|null);

            /** WrapperMessage refusal. */
            refusal?: (TestTask.Messages.Refusal.$Properties|null);

            /** WrapperMessage manifest. */
            manifest?: (TestTask.Messages.Manifest.$Properties|null);

            /** WrapperMessage receipt. */
            receipt?: (TestTask.Messages.Receipt.$Properties|null);

            /** WrapperMessage join. */
            join?: (TestTask.Messages.Join.$Properties|null);

            /** WrapperMessage joined. */
            joined?: (TestTask.Messages.Joined.$Properties|null);

            /** WrapperMessage say. */
            say?: (TestTask.Messages.Say.$Properties|null);

            /** WrapperMessage roomEvent. */
            roomEvent?: (TestTask.Messages.RoomEvent.$Properties|null);

            /** WrapperMessage historyRequest. */
            historyRequest?: (TestTask.Messages.HistoryRequest.$Properties|null);

            /** WrapperMessage history. */
            history?: (TestTask.Messages.History.$Properties|null);

            /** WrapperMessage who. */
            who?: (TestTask.Messages.Who.$Properties|null);

            /** WrapperMessage members. */
            members?: (TestTask.Messages.Members.$Properties|null);

            /** WrapperMessage putFile. */
            putFile?: (TestTask.Messages.PutFile.$Properties|null);

            /** WrapperMessage fileChunk. */
            fileChunk?: (TestTask.Messages.FileChunk.$Properties|null);

            /** WrapperMessage fileProgress. */
            fileProgress?: (TestTask.Messages.FileProgress.$Properties|null);

            /** WrapperMessage listFiles. */
            listFiles?: (TestTask.Messages.ListFiles.$Properties|null);

            /** WrapperMessage fileList. */
            fileList?: (TestTask.Messages.FileList.$Properties|null);

            /** WrapperMessage findFile. */
            findFile?: (TestTask.Messages.FindFile.$Properties|null);

            /** WrapperMessage fileInfo. */
            fileInfo?: (TestTask.Messages.FileInfo.$Properties|null);

            /** WrapperMessage readFile. */
            readFile?: (TestTask.Messages.ReadFile.$Properties|null);

            /** WrapperMessage shutdown. */
            shutdown?: (TestTask.Messages.Shutdown.$Properties|null);

            /** WrapperMessage shutdownReport. */
            shutdownReport?: (TestTask.Messages.ShutdownReport.$Properties|null);

            /** WrapperMessage document. */
            document?: (TestTask.Messages.Document.$Properties|null);

            /**
             * Encodes the specified WrapperMessage message. Does not implicitly {@link TestTask.Messages.WrapperMessage.verify|verify} messages.
             * @param message WrapperMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: TestTask.Messages.WrapperMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WrapperMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {TestTask.Messages.WrapperMessage & TestTask.Messages.WrapperMessage.$Shape} WrapperMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): TestTask.Messages.WrapperMessage & TestTask.Messages.WrapperMessage.$Shape;
        }

        namespace WrapperMessage {

            /** Properties of a WrapperMessage. */
            interface $Properties {

                /** WrapperMessage fastResponse */
                fastResponse?: (TestTask.Messages.FastResponse.$Properties|null);

                /** WrapperMessage slowResponse */
                slowResponse?: (TestTask.Messages.SlowResponse.$Properties|null);

                /** WrapperMessage requestForFastResponse */
                requestForFastResponse?: (TestTask.Messages.RequestForFastResponse.$Properties|null);

                /** WrapperMessage requestForSlowResponse */
                requestForSlowResponse?: (TestTask.Messages.RequestForSlowResponse.$Properties|null);

                /** WrapperMessage hello */
                hello?: (TestTask.Messages.Hello.$Properties|null);

                /** WrapperMessage welcome */
                welcome?: (TestTask.Messages.Welcome.$Properties|null);

                /** WrapperMessage sealed */
                sealed?: (TestTask.Messages.Sealed.$Properties|null);

                /** WrapperMessage refusal */
                refusal?: (TestTask.Messages.Refusal.$Properties|null);

                /** WrapperMessage manifest */
                manifest?: (TestTask.Messages.Manifest.$Properties|null);

                /** WrapperMessage receipt */
                receipt?: (TestTask.Messages.Receipt.$Properties|null);

                /** WrapperMessage join */
                join?: (TestTask.Messages.Join.$Properties|null);

                /** WrapperMessage joined */
                joined?: (TestTask.Messages.Joined.$Properties|null);

                /** WrapperMessage say */
                say?: (TestTask.Messages.Say.$Properties|null);

                /** WrapperMessage roomEvent */
                roomEvent?: (TestTask.Messages.RoomEvent.$Properties|null);

                /** WrapperMessage historyRequest */
                historyRequest?: (TestTask.Messages.HistoryRequest.$Properties|null);

                /** WrapperMessage history */
                history?: (TestTask.Messages.History.$Properties|null);

                /** WrapperMessage who */
                who?: (TestTask.Messages.Who.$Properties|null);

                /** WrapperMessage members */
                members?: (TestTask.Messages.Members.$Properties|null);

                /** WrapperMessage putFile */
                putFile?: (TestTask.Messages.PutFile.$Properties|null);

                /** WrapperMessage fileChunk */
                fileChunk?: (TestTask.Messages.FileChunk.$Properties|null);

                /** WrapperMessage fileProgress */
                fileProgress?: (TestTask.Messages.FileProgress.$Properties|null);

                /** WrapperMessage listFiles */
                listFiles?: (TestTask.Messages.ListFiles.$Properties|null);

                /** WrapperMessage fileList */
                fileList?: (TestTask.Messages.FileList.$Properties|null);

                /** WrapperMessage findFile */
                findFile?: (TestTask.Messages.FindFile.$Properties|null);

                /** WrapperMessage fileInfo */
                fileInfo?: (TestTask.Messages.FileInfo.$Properties|null);

                /** WrapperMessage readFile */
                readFile?: (TestTask.Messages.ReadFile.$Properties|null);

                /** WrapperMessage shutdown */
                shutdown?: (TestTask.Messages.Shutdown.$Properties|null);

                /** WrapperMessage shutdownReport */
                shutdownReport?: (TestTask.Messages.ShutdownReport.$Properties|null);

                /** WrapperMessage document */
                document?: (TestTask.Messages.Document.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WrapperMessage. */
            type $Shape = {
              fastResponse?: TestTask.Messages.FastResponse.$Shape|null;
              slowResponse?: TestTask.Messages.SlowResponse.$Shape|null;
              requestForFastResponse?: TestTask.Messages.RequestForFastResponse.$Shape|null;
              requestForSlowResponse?: TestTask.Messages.RequestForSlowResponse.$Shape|null;
              hello?: TestTask.Messages.Hello.$Shape|null;
              welcome?: TestTask.Messages.Welcome.$Shape|null;
              sealed?: TestTask.Messages.Sealed.$Shape|null;
              refusal?: TestTask.Messages.Refusal.$Shape|null;
              manifest?: TestTask.Messages.Manifest.$Shape|null;
              receipt?: TestTask.Messages.Receipt.$Shape|null;
              join?: TestTask.Messages.Join.$Shape|null;
              joined?: TestTask.Messages.Joined.$Shape|null;
              say?: TestTask.Messages.Say.$Shape|null;
              roomEvent?: TestTask.Messages.RoomEvent.$Shape|null;
              historyRequest?: TestTask.Messages.HistoryRequest.$Shape|null;
              history?: TestTask.Messages.History.$Shape|null;
              who?: TestTask.Messages.Who.$Shape|null;
              members?: TestTask.Messages.Members.$Shape|null;
              putFile?: TestTask.Messages.PutFile.$Shape|null;
              fileChunk?: TestTask.Messages.FileChunk.$Shape|null;
              fileProgress?: TestTask.Messages.FileProgress.$Shape|null;
              listFiles?: TestTask.Messages.ListFiles.$Shape|null;
              fileList?: TestTask.Messages.FileList.$Shape|null;
              findFile?: TestTask.Messages.FindFile.$Shape|null;
              fileInfo?: TestTask.Messages.FileInfo.$Shape|null;
              readFile?: TestTask.Messages.ReadFile.$Shape|null;
              shutdown?: TestTask.Messages.Shutdown.$Shape|null;
              shutdownReport?: TestTask.Messages.ShutdownReport.$Shape|null;
              document?: TestTask.Messages.Document.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }
    }
}
