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
                UNSUPPORTED_VERSION = 17
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

            /** WrapperMessage shutdown. */
            shutdown?: (TestTask.Messages.Shutdown.$Properties|null);

            /** WrapperMessage shutdownReport. */
            shutdownReport?: (TestTask.Messages.ShutdownReport.$Properties|null);

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

                /** WrapperMessage shutdown */
                shutdown?: (TestTask.Messages.Shutdown.$Properties|null);

                /** WrapperMessage shutdownReport */
                shutdownReport?: (TestTask.Messages.ShutdownReport.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WrapperMessage. */
            type $Shape = TestTask.Messages.WrapperMessage.$Properties;
        }
    }
}
