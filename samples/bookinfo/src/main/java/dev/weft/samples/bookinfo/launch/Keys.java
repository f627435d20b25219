package dev.weft.samples.bookinfo.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lines that somebody types, without waiting for them. */
final class Keys {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Keys(InputStream in) {
        Thread thread = new Thread(() -> read(in), "keys");
        thread.setDaemon(true);
        thread.start();
    }

    Optional<String> next(long millis) throws InterruptedException {
        return Optional.ofNullable(lines.poll(millis, TimeUnit.MILLISECONDS));
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line.strip());
            }
        } catch (IOException e) {
            // nobody types any more
        }
    }
}
