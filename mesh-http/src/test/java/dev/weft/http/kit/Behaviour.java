package dev.weft.http.kit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the test server does with a request; the first part of the path says it, the second is its number: {@code /echo}, {@code
 * /status/503}, {@code /slow/200} (milliseconds), {@code /never}, {@code /stream/1000} (bytes), {@code /count} (body bytes),
 * {@code /stall} (head and a part of the body, then nothing), {@code /break} (the same, then the connection ends), {@code
 * /close}, {@code /refuse} (REFUSED_STREAM), {@code /trailers}, {@code /interim}, {@code /early/413} (answers before the body has
 * come), {@code /fields/100} (that many response headers), {@code /last} (says it will close), {@code
 * /together/100} (answers when that many have come).
 */
final class Behaviour extends ChannelInboundHandlerAdapter {
    private static final int CHUNK = 32 * 1024;

    private final TestServer server;
    private @Nullable HttpRequest request;
    private final StringBuilder body = new StringBuilder();
    private long bodyBytes;
    private boolean answered;
    private long toStream;

    Behaviour(TestServer server) {
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            request = head;
            answered = false;
            bodyBytes = 0;
            body.setLength(0);
            server.running.incrementAndGet();
            if (HttpUtil.is100ContinueExpected(head) && !head.uri().startsWith("/early")) {
                ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
            if (head.uri().startsWith("/early")) {
                answer(ctx, number(head.uri()), "early");
            }
        }
        if (message instanceof HttpContent content) {
            ByteBuf data = content.content();
            bodyBytes += data.readableBytes();
            if (body.length() < 10_000) {
                body.append(data.toString(StandardCharsets.UTF_8));
            }
            content.release();
            if (message instanceof LastHttpContent && !answered && request != null) {
                server.requests.add(request.method() + " " + request.uri());
                behave(ctx, request);
            }
        }
    }

    private void behave(ChannelHandlerContext ctx, HttpRequest head) {
        String uri = head.uri();
        if (uri.startsWith("/at/")) {
            // The rest is for one server only.
            String[] parts = uri.split("/", 4);
            uri = parts[2].equals(server.name()) ? "/" + parts[3] : "/echo";
        }
        String what = uri.substring(1).split("[/?]")[0];
        switch (what) {
            case "echo" -> answer(ctx, 200, echo(head));
            case "status" -> answer(ctx, number(uri), number(uri) == 204 ? "" : "status from " + server.name());
            case "slow" -> ctx.executor().schedule(() -> answer(ctx, 200, "slow"), number(uri), TimeUnit.MILLISECONDS);
            case "count" -> answer(ctx, 200, String.valueOf(bodyBytes));
            case "stream" -> {
                toStream = number(uri);
                writeHead(ctx, "x-bytes", String.valueOf(toStream));
                pour(ctx);
            }
            case "stall" -> writePart(ctx);
            case "break" -> {
                writePart(ctx);
                end(ctx, Http2Error.INTERNAL_ERROR);
            }
            case "close" -> end(ctx, Http2Error.INTERNAL_ERROR);
            case "refuse" -> end(ctx, Http2Error.REFUSED_STREAM);
            case "trailers" -> {
                writeHead(ctx, "x-mesh-flags", "UH");
                DefaultLastHttpContent last =
                        new DefaultLastHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.UTF_8));
                last.trailingHeaders().set("grpc-status", "7");
                finish(ctx.writeAndFlush(last).channel());
            }
            case "interim" -> {
                DefaultHttpResponse hints =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.EARLY_HINTS);
                hints.headers().set("link", "</style.css>");
                ctx.write(hints);
                answer(ctx, 200, "after interim");
            }
            case "fields" -> {
                String[] fields = new String[number(uri) * 2];
                for (int i = 0; i < fields.length; i += 2) {
                    fields[i] = "x-field-" + i;
                    fields[i + 1] = "value " + i;
                }
                answer(ctx, 200, "fields", fields);
            }
            case "last" -> answer(ctx, 200, "last", "connection", "close");
            case "together" ->
                server.together(number(uri), () -> ctx.executor().execute(() -> answer(ctx, 200, "together")));
            case "never" -> {}
            default -> answer(ctx, 404, "no behaviour " + what);
        }
    }

    private String echo(HttpRequest head) {
        StringBuilder text = new StringBuilder();
        text.append(head.method()).append(' ').append(head.uri()).append('\n');
        text.append("server: ").append(server.name()).append('\n');
        head.headers()
                .forEach(field -> text.append(field.getKey().toLowerCase(java.util.Locale.ROOT))
                        .append(": ")
                        .append(field.getValue())
                        .append('\n'));
        return text.append('\n').append(body).toString();
    }

    private void answer(ChannelHandlerContext ctx, int status, String text, String... fields) {
        ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
        boolean silent = request != null && request.method().name().equals("HEAD");
        response.headers().set("content-length", content.readableBytes());
        response.headers().set("x-server", server.name());
        if (silent || status == 204 || status == 304) {
            content.clear();
        }
        for (int i = 0; i < fields.length; i += 2) {
            response.headers().set(fields[i], fields[i + 1]);
        }
        finish(ctx.writeAndFlush(response).channel());
    }

    private void writeHead(ChannelHandlerContext ctx, String... fields) {
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHeaders headers = head.headers();
        if (!(ctx.channel() instanceof Http2StreamChannel)) {
            headers.set("transfer-encoding", "chunked");
        }
        for (int i = 0; i < fields.length; i += 2) {
            headers.set(fields[i], fields[i + 1]);
        }
        ctx.writeAndFlush(head);
    }

    private void writePart(ChannelHandlerContext ctx) {
        writeHead(ctx);
        ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer("part", StandardCharsets.UTF_8)));
    }

    /** Writes as much as the client takes. */
    private void pour(ChannelHandlerContext ctx) {
        while (toStream > 0 && ctx.channel().isWritable()) {
            int bytes = (int) Math.min(CHUNK, toStream);
            toStream -= bytes;
            ctx.writeAndFlush(new DefaultHttpContent(ctx.alloc().buffer(bytes).writeZero(bytes)));
            if (toStream == 0) {
                finish(ctx.writeAndFlush(new DefaultLastHttpContent()).channel());
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pour(ctx);
    }

    private void finish(Channel ignored) {
        if (!answered) {
            answered = true;
            server.running.decrementAndGet();
        }
    }

    private void end(ChannelHandlerContext ctx, Http2Error reason) {
        finish(ctx.channel());
        if (ctx.channel() instanceof Http2StreamChannel) {
            // Past the object codec, which knows no resets.
            ctx.channel()
                    .eventLoop()
                    .execute(() ->
                            ctx.channel().pipeline().firstContext().writeAndFlush(new DefaultHttp2ResetFrame(reason)));
        } else {
            ctx.close();
        }
    }

    private void gone() {
        toStream = 0;
        if (request != null && !answered) {
            answered = true;
            server.running.decrementAndGet();
            server.abandoned.incrementAndGet();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            gone();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    private static int number(String uri) {
        String path = uri.split("\\?")[0];
        return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    }
}
