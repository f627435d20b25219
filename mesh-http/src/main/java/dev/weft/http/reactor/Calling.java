package dev.weft.http.reactor;

import dev.weft.http.body.OutgoingBody;
import dev.weft.http.body.PushedBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.Caller;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Terms;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a call of the messages that are written to a channel, and messages of its answer. On the channel's event loop. */
final class Calling implements Caller {
    /** Where Spring's connector for Reactor Netty leaves the attributes of a WebClient's request. */
    private static final AttributeKey<Map<String, Object>> SPRINGS_ATTRIBUTES =
            AttributeKey.valueOf("org.springframework.http.client.reactive.ReactorClientHttpRequest.ATTRIBUTES");

    private final Outbound outbound;
    private final Destination destination;
    private final Subscribing subscribing;

    // All on the event loop.
    private @Nullable CallChannel channel;
    private @Nullable OutboundCall call;
    private @Nullable PushedBody body;
    private @Nullable Answer answer;
    private boolean wanted;
    private boolean whole;

    Calling(Outbound outbound, Destination destination, Subscribing subscribing) {
        this.outbound = outbound;
        this.destination = destination;
        this.subscribing = subscribing;
    }

    Destination destination() {
        return destination;
    }

    void on(CallChannel mine) {
        channel = mine;
    }

    private CallChannel channel() {
        CallChannel mine = channel;
        if (mine == null) {
            throw new IllegalStateException("the channel has not been registered");
        }
        return mine;
    }

    /**
     * Takes a message that was written.
     *
     * @return false: not yet; to be offered again
     */
    boolean take(Object message) throws IOException {
        if (message instanceof HttpRequest request && call == null) {
            if (request instanceof FullHttpRequest full) {
                begin(request, OutgoingBody.of(ByteBufUtil.getBytes(full.content())));
            } else {
                body = new PushedBody(HttpUtil.getContentLength(request, -1L), channel()::resumeWriting);
                begin(request, body);
            }
            return true;
        }
        PushedBody to = body;
        if (to == null) {
            return true;
        }
        if (message instanceof FileRegion file) {
            return new FileParts(file).give(to);
        }
        if (!to.ready()) {
            return false;
        }
        ByteBuf data = message instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) message;
        if (data.isReadable()) {
            to.give(ByteBufUtil.getBytes(data));
        }
        if (message instanceof LastHttpContent) {
            to.end();
        }
        return true;
    }

    private void begin(HttpRequest request, OutgoingBody sent) {
        HeadBuilder builder = HeadBuilder.of(
                request.method().name(), destination.scheme(), destination.authority(), path(request.uri()));
        request.headers().forEach(field -> builder.field(field.getKey(), field.getValue()));
        RequestHead head = builder.build();
        Terms terms = subscribing
                .terms(channel().attr(SPRINGS_ATTRIBUTES).get())
                .expectContinue(HttpUtil.is100ContinueExpected(request));
        subscribing.run(() -> call = outbound.begin(head, sent, terms, this));
    }

    /** A client with a proxy writes the whole URI. */
    private static String path(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        int host = uri.indexOf("://");
        int path = host < 0 ? -1 : uri.indexOf('/', host + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    @Override
    public void answered(Answer given) {
        channel().eventLoop().execute(() -> {
            if (!channel().isOpen()) {
                given.body().close();
                return;
            }
            answer = given;
            channel().pipeline().fireChannelRead(response(given));
            channel().pipeline().fireChannelReadComplete();
            given.body().onReadable(this::pumpLater);
        });
    }

    @Override
    public void failed(Throwable cause) {
        channel().eventLoop().execute(() -> broken(cause));
    }

    private static HttpResponse response(Answer given) {
        HttpResponse response = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(given.head().status()));
        given.head().headers().forEach((name, value) -> response.headers().add(name, value));
        return response;
    }

    /** The channel wants to read: one more part of the answer. */
    void read() {
        wanted = true;
        pumpLater();
    }

    private void pumpLater() {
        channel().eventLoop().execute(this::pump);
    }

    private void pump() {
        Answer given = answer;
        if (given == null || whole || !channel().isOpen()) {
            return;
        }
        try {
            ByteBuffer next = wanted ? given.body().poll() : null;
            while (next != null) {
                // Reading on is for the pipeline to say: by itself, or when its subscriber has taken this.
                wanted = false;
                channel().pipeline().fireChannelRead(new DefaultHttpContent(Unpooled.wrappedBuffer(next)));
                channel().pipeline().fireChannelReadComplete();
                next = wanted && channel().isOpen() ? given.body().poll() : null;
            }
            if (channel().isOpen() && given.body().over()) {
                whole = true;
                channel().pipeline().fireChannelRead(last(given.body().trailers()));
                channel().pipeline().fireChannelReadComplete();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private static LastHttpContent last(Headers trailers) {
        if (trailers.size() == 0) {
            return LastHttpContent.EMPTY_LAST_CONTENT;
        }
        LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        trailers.forEach((name, value) -> last.trailingHeaders().add(name, value));
        return last;
    }

    private void broken(Throwable cause) {
        if (channel().isOpen()) {
            channel().pipeline().fireExceptionCaught(cause);
            channel().close();
        }
    }

    /** Nobody waits any more: Reactor Netty closes a channel that is done, and one whose subscriber has left. */
    void closed() {
        if (body != null) {
            body.cancel();
        }
        if (answer != null) {
            answer.body().close();
        }
        if (call != null && !whole) {
            call.cancel();
        }
    }
}
