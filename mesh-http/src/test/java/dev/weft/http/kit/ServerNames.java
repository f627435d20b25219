package dev.weft.http.kit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads the server name in a TLS connection's first message and leaves everything else to the handlers behind it. */
final class ServerNames extends AbstractSniHandler<Boolean> {
    private final Queue<String> seen;

    ServerNames(Queue<String> seen) {
        this.seen = seen;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
        seen.add(hostname == null ? "" : hostname);
        return ctx.executor().newSucceededFuture(true);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String hostname, Future<Boolean> future) {
        ctx.pipeline().remove(this);
    }
}
