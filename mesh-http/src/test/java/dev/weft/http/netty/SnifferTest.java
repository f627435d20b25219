package dev.weft.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import dev.weft.http.identity.Workloads;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import dev.weft.tls.Openings;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection before its first request. */
final class SnifferTest {
    private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .trust(Trust.of(
                    IdentitySource.of(new Workloads().identity("spiffe://cluster.local/ns/default/sa/reviews", 1))))
            .snapshots(rules)
            .start();
    private final Openings openings = new Openings(mesh.world().ticker());
    private final ServerTls tls = new ServerTls(mesh);

    SnifferTest() throws Exception {}

    @AfterEach
    void close() {
        mesh.close();
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline()
                .addLast(Sniffer.NAME, new Sniffer(new Caller(new Inlet(mesh, ""), channel), tls, true, openings));
        return channel;
    }

    private static void send(EmbeddedChannel channel, int... bytes) {
        byte[] sent = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            sent[i] = (byte) bytes[i];
        }
        channel.writeInbound(Unpooled.wrappedBuffer(sent));
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void whoSendsNothingIsClosedAfterAWhile() {
        EmbeddedChannel channel = connect();
        pass(channel, Openings.MILLIS - 1);
        assertThat(channel.isOpen()).isTrue();
        assertThat(openings.count()).isEqualTo(1);

        pass(channel, 1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(openings.count()).isZero();
    }

    @Test
    void whoSendsByteAfterByteIsClosedAfterTheSameWhile() {
        EmbeddedChannel plaintext = connect();
        EmbeddedChannel handshaking = connect();
        for (int i = 0; i < 29; i++) {
            send(plaintext, "GET /".charAt(i % 5));
            send(handshaking, i == 0 ? 0x16 : i == 1 ? 3 : 1);
            pass(plaintext, 1_000);
            pass(handshaking, 1_000);
        }
        assertThat(openings.count()).isEqualTo(2);

        pass(plaintext, 1_000);
        pass(handshaking, 1_000);
        assertThat(plaintext.isOpen()).isFalse();
        assertThat(handshaking.isOpen()).isFalse();
        assertThat(openings.count()).isZero();
        plaintext.releaseInbound();
    }

    @Test
    void theFirstByteTellsTlsFromPlaintext() {
        EmbeddedChannel secure = connect();
        send(secure, 0x16);
        assertThat(secure.pipeline().get(SslHandler.class)).isNotNull();

        EmbeddedChannel plaintext = connect();
        send(plaintext, 'G');
        assertThat(plaintext.pipeline().get(SslHandler.class)).isNull();
        assertThat(plaintext.pipeline().get(Sniffer.class)).isNull();
        plaintext.finishAndReleaseAll();
        secure.finishAndReleaseAll();
        assertThat(openings.count()).isZero();
    }

    @Test
    void whoHasProvedItselfMayTakeItsTime() {
        EmbeddedChannel channel = connect();
        send(channel, 0x16);
        assertThat(openings.count()).isEqualTo(1);
        channel.pipeline().context(ServerTls.NAME).fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        assertThat(openings.count()).isZero();

        pass(channel, Openings.MILLIS);
        assertThat(channel.pipeline().get(HandshakeWatch.NAME)).isNull();
        channel.finishAndReleaseAll();
    }

    @Test
    void aConnectionThatThePolicyForbidsIsClosedBeforeAnythingIsRead() {
        rules.set(Rules.snapshot(TlsMode.STRICT));
        EmbeddedChannel plaintext = connect();
        send(plaintext, 'G');
        assertThat(plaintext.isOpen()).isFalse();
        assertThat((Object) plaintext.readInbound()).isNull();

        rules.set(Rules.snapshot(TlsMode.DISABLE));
        EmbeddedChannel secure = connect();
        send(secure, 0x16);
        assertThat(secure.isOpen()).isFalse();
    }

    @Test
    void oneTooManyTakesThePlaceOfTheOldest() {
        EmbeddedChannel oldest = connect();
        EmbeddedChannel next = connect();
        for (int i = 2; i < Openings.MOST; i++) {
            openings.begin(World.manual(), () -> {});
        }
        EmbeddedChannel newcomer = connect();
        oldest.runPendingTasks();
        assertThat(oldest.isOpen()).isFalse();
        assertThat(next.isOpen()).isTrue();
        assertThat(newcomer.isOpen()).isTrue();
        assertThat(openings.count()).isEqualTo(Openings.MOST);

        next.close();
        newcomer.close();
        assertThat(openings.count()).isEqualTo(Openings.MOST - 2);
    }
}
