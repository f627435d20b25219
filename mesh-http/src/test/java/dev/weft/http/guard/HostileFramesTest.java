package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Leaks;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 connections to a guarded Reactor Netty server that are there to wear it out: they end, and others are served. */
final class HostileFramesTest {
    static {
        Leaks.watch();
    }

    private final Site.Handlers handlers = new Site.Handlers();
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .trust(Trust.of(GuardContract.OWN))
            .snapshots(SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin")))))
            .start();
    private final Site site = new ReactorSite(mesh, handlers);

    @AfterEach
    void end() throws Exception {
        site.close();
        mesh.close();
        Leaks.none();
    }

    enum Flood {
        RESETS_OF_REQUESTS_THAT_ARE_SERVED {
            @Override
            String part(int stream) {
                return Frames.request(stream, "/public/a") + Frames.reset(stream);
            }
        },
        /** The server is made to reset: a window that grows by nothing is an error of the stream (RFC 9113, 6.9). */
        RESETS_BY_THE_SERVER {
            @Override
            String part(int stream) {
                return Frames.of(1, Frames.END_HEADERS, stream, Frames.block(Frames.head("/public/a")))
                        + Frames.of(8, 0, stream, "\0\0\0\0");
            }
        },
        HEADS_THAT_DO_NOT_END {
            @Override
            String part(int stream) {
                String first = stream == 1 ? Frames.of(1, 0, 1, Frames.block(Frames.head("/public/a"))) : "";
                return first + Frames.of(9, 0, 1, Frames.block("x", "y".repeat(100)));
            }
        },
        HEADS_OF_NOTHING {
            @Override
            String part(int stream) {
                return (stream == 1 ? Frames.of(1, 0, 1, "") : "") + Frames.of(9, 0, 1, "");
            }
        },
        BODIES_OF_NOTHING {
            @Override
            String part(int stream) {
                String first =
                        stream == 1 ? Frames.of(1, Frames.END_HEADERS, 1, Frames.block(Frames.head("/public/a"))) : "";
                return first + Frames.of(0, 0, 1, "");
            }
        };

        abstract String part(int stream);
    }

    @ParameterizedTest
    @EnumSource
    void aFloodEndsItsConnection(Flood flood) throws Exception {
        try (RawClient client = RawClient.reluctant(site.plaintext())) {
            flood(client, flood);
            assertThat(client.awaitEnd()).isTrue();
        }
        Eventually.is("nothing is left of it", () -> mesh.inbound().active() == 0);
        assertThat(handlers.reached).noneMatch(seen -> seen.route().equals("admin"));
        try (RawClient other = RawClient.plaintext(site.plaintext())) {
            assertThat(other.send(GuardContract.get("/public/meanwhile"))
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void flood(RawClient client, Flood flood) {
        try {
            client.send(Frames.PREFACE);
            for (int stream = 1; stream < 4_000; stream += 2) {
                client.send(flood.part(stream));
            }
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** What a caller may have open at a time bounds what is kept of uploads that were denied. */
    @Test
    void deniedUploadsThatNeverEndAreBounded() throws Exception {
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            client.send(Frames.PREFACE);
            for (int stream = 1; stream < 400; stream += 2) {
                client.send(Frames.of(1, Frames.END_HEADERS, stream, Frames.block(Frames.head("/admin/a"))));
            }
            int refused = 0;
            while (refused == 0) {
                String frame = client.frame();
                refused += frame.isEmpty() || frame.charAt(3) == 3 || frame.charAt(3) == 7 ? 1 : 0;
            }
        }
        Eventually.is("nothing is left of it", () -> mesh.inbound().active() == 0);
        assertThat(handlers.reached).isEmpty();
    }
}
