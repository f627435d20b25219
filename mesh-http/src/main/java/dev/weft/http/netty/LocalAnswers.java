package dev.weft.http.netty;

import dev.weft.request.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/** The mesh's own answers, in Netty's types. */
final class LocalAnswers {
    private LocalAnswers() {}

    /** @param keep whether the connection can be used again; if not, the answer says so */
    static FullHttpResponse http1(
            ChannelHandlerContext context, HttpRequest request, int status, Headers fields, String text, boolean keep) {
        ByteBuf body = text.isEmpty() ? Unpooled.EMPTY_BUFFER : ByteBufUtil.writeUtf8(context.alloc(), text);
        int length = body.readableBytes();
        if (request.method().equals(HttpMethod.HEAD)) {
            body.release();
            body = Unpooled.EMPTY_BUFFER;
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        fields.forEach(response.headers()::add);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        if (!keep) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }

    static Http2Headers http2(int status, Headers fields, int length) {
        Http2Headers headers = new DefaultHttp2Headers();
        headers.status(Integer.toString(status));
        fields.forEach(headers::add);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        return headers;
    }
}
