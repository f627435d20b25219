package dev.weft.http.jdk;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A response body that tells how it ended. */
final class TrackedOutput extends FilterOutputStream {
    private final Runnable complete;
    private final Runnable lost;

    TrackedOutput(OutputStream out, Runnable complete, Runnable lost) {
        super(out);
        this.complete = complete;
        this.lost = lost;
    }

    @Override
    public void write(int b) throws IOException {
        try {
            out.write(b);
        } catch (IOException e) {
            lost.run();
            throw e;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            lost.run();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            lost.run();
            throw e;
        }
        complete.run();
    }
}
