package dev.weft.control.ads;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A response that is already protobuf. What many streams get alike is encoded once and shared; only the envelope (version,
 * nonce) is a stream's own. This works because an encoded message may be cut between fields and put together again.
 *
 * @param bytes the whole message
 */
record EncodedResponse(ByteString bytes) {

    /** The envelope's fields, and behind them the encoded resource fields. */
    static EncodedResponse of(Message envelope, ByteString resources) {
        return new EncodedResponse(envelope.toByteString().concat(resources));
    }

    /** Hands the bytes to gRPC as they are. */
    static final Marshaller<EncodedResponse> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(EncodedResponse response) {
            return new Bytes(response.bytes());
        }

        @Override
        public EncodedResponse parse(InputStream in) {
            try {
                return new EncodedResponse(ByteString.readFrom(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Tells gRPC the length in advance and writes without a copy of its own. */
    private static final class Bytes extends InputStream implements KnownLength, Drainable {
        private final ByteString bytes;
        private InputStream in;

        Bytes(ByteString bytes) {
            this.bytes = bytes;
            this.in = bytes.newInput();
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, length);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public int drainTo(OutputStream out) throws IOException {
            int length = bytes.size();
            bytes.writeTo(out);
            in = InputStream.nullInputStream();
            return length;
        }
    }
}
