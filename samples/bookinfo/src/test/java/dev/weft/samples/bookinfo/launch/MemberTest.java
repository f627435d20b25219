package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
@Timeout(60)
class MemberTest {
    @TempDir
    private Path directory;

    private Member member;

    @AfterEach
    void end() {
        member.kill();
    }

    @Test
    void itEndsWhenTheOtherEndOfItsStandardInputIsClosed() throws Exception {
        start(Forever.class);
        awaitLine("here");

        member.stop();

        assertThat(member.await(20_000)).isTrue();
        assertThat(member.logLines()).contains("goodbye");
    }

    @Test
    void aShutdownThatHangsIsCutShort() throws Exception {
        start(Stubborn.class);
        awaitLine("here");

        member.stop();

        assertThat(member.await(20_000)).isTrue();
    }

    @Test
    void whatItSaidLastIsTold() throws Exception {
        start(Broken.class);

        assertThat(member.await(20_000)).isTrue();
        assertThat(member.lastWords()).contains("it ended with exit code 1", "no luck today", "it.log");
    }

    private void start(Class<?> main) throws Trouble {
        member = new Member("it", directory.resolve("it.log"), List.of("-Xshare:auto"), main.getName(), Map.of());
        member.start(List.of());
    }

    private void awaitLine(String line) {
        Patience patience = new Patience(20_000);
        while (!member.logLines().contains(line) && patience.pause()) {
            assertThat(member.isAlive()).isTrue();
        }
    }

    static final class Forever {
        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
            System.out.println("here");
            Thread.currentThread().join();
        }
    }

    static final class Stubborn {
        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.currentThread().join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            System.out.println("here");
            Thread.currentThread().join();
        }
    }

    static final class Broken {
        public static void main(String[] args) {
            throw new IllegalStateException("no luck today");
        }
    }
}
