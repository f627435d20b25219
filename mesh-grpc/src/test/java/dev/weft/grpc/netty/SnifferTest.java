package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.grpc.server.Admission;
import dev.weft.http.kit.MutualTls;
import dev.weft.runtime.World;
import dev.weft.tls.Openings;
import io.grpc.ChannelLogger;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a server's connection before HTTP/2 is spoken. */
final class SnifferTest {
    private final Party party = new Party();
    private final Mesh mesh = party.mesh("reviews", new MutualTls().reviews, World.system());
    private final GuardNegotiator both = server((listening, encrypted) -> false);

    SnifferTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        party.close();
    }

    private GuardNegotiator server(Admission admission) {
        return new GuardNegotiator(mesh, admission);
    }

    /** What speaks HTTP/2 is a handler that lets everything pass. */
    private static EmbeddedChannel connect(GuardNegotiator server) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        ChannelLogger silent = new ChannelLogger() {
            @Override
            public void log(ChannelLogLevel level, String message) {}

            @Override
            public void log(ChannelLogLevel level, String format, Object... arguments) {}
        };
        channel.pipeline().addLast(new Sniffer(new ChannelInboundHandlerAdapter(), silent, server));
        channel.pipeline().fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
        return channel;
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void whoSendsNothingOrByteAfterByteIsClosedAfterAWhile() {
        EmbeddedChannel silent = connect(both);
        EmbeddedChannel slow = connect(both);
        EmbeddedChannel handshaking = connect(both);
        for (int i = 0; i < Openings.MILLIS / 2_000; i++) {
            slow.writeInbound(Http2CodecUtil.connectionPrefaceBuf().slice(i, 1));
            handshaking.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) (i == 0 ? 0x16 : i == 1 ? 3 : 1)}));
            pass(slow, 1_900);
            pass(handshaking, 1_900);
        }
        pass(silent, Openings.MILLIS - 1);
        assertThat(both.openings().count()).isEqualTo(3);

        pass(silent, 1);
        pass(slow, 2_000);
        pass(handshaking, 2_000);
        assertThat(silent.isOpen() || slow.isOpen() || handshaking.isOpen()).isFalse();
        assertThat(both.openings().count()).isZero();
    }

    @Test
    void thePrefaceOfHttp2IsPassedOnWholeHoweverItComes() {
        EmbeddedChannel channel = connect(both);
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        channel.writeInbound(preface.readRetainedSlice(1));
        channel.writeInbound(preface.readRetainedSlice(20));
        assertThat(channel.pipeline().get(Sniffer.class)).isNotNull();
        channel.writeInbound(preface);

        assertThat(channel.pipeline().get(Sniffer.class)).isNull();
        assertThat(both.openings().count()).isZero();
        ByteBuf passed = channel.readInbound();
        assertThat(ByteBufUtil.equals(passed, Http2CodecUtil.connectionPrefaceBuf()))
                .isTrue();
        passed.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsNoHttp2IsPassedOnForItsRefusal() {
        EmbeddedChannel channel = connect(both);
        channel.writeInbound(Unpooled.copiedBuffer("GET", java.nio.charset.StandardCharsets.US_ASCII));
        ByteBuf passed = channel.readInbound();
        assertThat(passed.readableBytes()).isEqualTo(3);
        passed.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void theFirstByteTellsTlsFromPlaintext() {
        EmbeddedChannel secure = connect(both);
        secure.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x16}));
        assertThat(secure.pipeline().get(SslHandler.class)).isNotNull();
        secure.finishAndReleaseAll();
        assertThat(both.openings().count()).isZero();
    }

    @Test
    void whatIsNotAdmittedIsClosedBeforeAnythingIsRead() {
        EmbeddedChannel plaintext = connect(server((listening, encrypted) -> !encrypted));
        plaintext.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
        assertThat(plaintext.isOpen()).isFalse();
        assertThat((Object) plaintext.readInbound()).isNull();

        EmbeddedChannel secure = connect(server((listening, encrypted) -> encrypted));
        secure.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x16}));
        assertThat(secure.isOpen()).isFalse();
        assertThat(secure.pipeline().get(SslHandler.class)).isNull();
    }

    @Test
    void oneTooManyTakesThePlaceOfTheOldest() {
        EmbeddedChannel oldest = connect(both);
        for (int i = 1; i < Openings.MOST; i++) {
            both.openings().begin(World.manual(), () -> {});
        }
        EmbeddedChannel newcomer = connect(both);
        oldest.runPendingTasks();
        assertThat(oldest.isOpen()).isFalse();
        assertThat(newcomer.isOpen()).isTrue();

        newcomer.close();
        assertThat(both.openings().count()).isEqualTo(Openings.MOST - 1);
    }
}
