package dev.weft.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is kept for a caller that asks and does not read. */
final class Http2GuardTest {
    private final Queue<ChannelPromise> unsent = new ArrayDeque<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                    unsent.add(promise);
                }
            },
            new Http2Guard(null));

    private void answer() {
        Http2FrameStream stream = new Http2FrameStream() {
            @Override
            public int id() {
                return 1;
            }

            @Override
            public Http2Stream.State state() {
                return Http2Stream.State.OPEN;
            }
        };
        channel.write(
                new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200"), true).stream(stream),
                channel.voidPromise());
    }

    @Test
    void answersThatNobodyReadsAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            answer();
        }
        assertThat(channel.isOpen()).isTrue();
        answer();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void answersThatAreReadAreNot() {
        for (int i = 0; i < 30_000; i++) {
            answer();
            unsent.remove().setSuccess();
        }
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }
}
