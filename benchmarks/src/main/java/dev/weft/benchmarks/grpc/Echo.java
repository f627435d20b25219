package dev.weft.benchmarks.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A unary method of bytes, so that no generated code is measured. */
final class Echo {
    static final MethodDescriptor<byte[], byte[]> SAY = MethodDescriptor.<byte[], byte[]>newBuilder(
                    Bytes.ALL, Bytes.ALL)
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName("weft.bench.Echo", "Say"))
            .build();

    static final int ANSWER_BYTES = 1024;

    private Echo() {}

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        ALL;

        @Override
        public InputStream stream(byte[] value) {
            return new Known(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                // A received message knows its length; reading on until its end would cost buffers that no real
                // marshaller has.
                byte[] value = new byte[stream.available()];
                if (stream.readNBytes(value, 0, value.length) != value.length || stream.read() >= 0) {
                    throw new IOException("a message that does not know its length");
                }
                return value;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As protobuf's marshaller sends: the length is known, and the bytes are written without a copy in between. */
    private static final class Known extends ByteArrayInputStream implements KnownLength, Drainable {
        Known(byte[] value) {
            super(value);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
