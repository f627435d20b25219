package dev.weft.http.reactor;

import dev.weft.http.body.PushedBody;
import io.netty.channel.FileRegion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A file that was written as such, read in parts as they are asked for. */
record FileParts(FileRegion file) {
    private static final int PART = 16 * 1024;

    /** @return whether it has been given to its end */
    boolean give(PushedBody to) throws IOException {
        while (file.transferred() < file.count()) {
            if (!to.ready()) {
                return false;
            }
            Part part = new Part();
            if (file.transferTo(part, file.transferred()) <= 0) {
                throw new IOException("a file that is sent ended after " + file.transferred() + " bytes, "
                        + file.count() + " were announced");
            }
            to.give(part.bytes.toByteArray());
        }
        return true;
    }

    /** Takes so much and no more. */
    private static final class Part implements WritableByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PART);

        @Override
        public int write(ByteBuffer from) {
            byte[] some = new byte[Math.min(PART - bytes.size(), from.remaining())];
            from.get(some);
            bytes.writeBytes(some);
            return some.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
