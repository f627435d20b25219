package dev.weft.http.reactor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

/** Takes out of the pipeline what belongs to a wire: TLS, proxies, the codec. Messages go through as they are. */
final class WithoutWire extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        // The reader first: it would take the handler's removal for a handshake that failed.
        remove(pipeline, NettyPipeline.SslReader);
        remove(pipeline, NettyPipeline.SslHandler);
        remove(pipeline, NettyPipeline.SslLoggingHandler);
        remove(pipeline, NettyPipeline.ProxyHandler);
        remove(pipeline, NettyPipeline.ProxyLoggingHandler);
        // The name stays: Reactor Netty puts other handlers before and after it.
        pipeline.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
    }

    private static void remove(ChannelPipeline pipeline, String name) {
        ChannelHandler handler = pipeline.get(name);
        if (handler != null) {
            pipeline.remove(handler);
        }
    }
}
