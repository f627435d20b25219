package dev.weft.http.reactor;

import dev.weft.http.call.Outbound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;
import reactor.util.context.Context;

/** Tells Reactor Netty of a channel to the mesh as of a new connection, which serves one request. */
final class MeshedConnection implements ConnectionObserver {
    private final ConnectionObserver users;
    private final MonoSink<Connection> sink;
    private final Context context;

    private MeshedConnection(ConnectionObserver users, MonoSink<Connection> sink) {
        this.users = users;
        this.sink = sink;
        context = Context.of(sink.contextView());
    }

    static void open(
            Outbound outbound,
            Destination destination,
            HttpClientConfig config,
            ConnectionObserver users,
            MonoSink<Connection> sink) {
        MeshedConnection connection = new MeshedConnection(users, sink);
        CallChannel channel = new CallChannel(new Calling(outbound, destination, Subscribing.here(sink.contextView())));
        // As every channel of Reactor Netty's: it reads when its subscriber asks.
        channel.config().setAutoRead(false);
        config.attributes().forEach((key, value) -> attribute(channel, key, value));
        ChannelInitializer<Channel> pipeline = config.channelInitializer(connection, destination.address(), false);
        channel.pipeline().addLast(pipeline, new WithoutWire());
        sink.onCancel(channel::close);
        config.loopResources()
                .onClient(config.isPreferNative())
                .next()
                .register(channel)
                .addListener(registered -> {
                    if (!registered.isSuccess()) {
                        sink.error(registered.cause());
                    }
                });
    }

    @SuppressWarnings("unchecked") // a key and its own value
    private static void attribute(Channel channel, AttributeKey<?> key, @Nullable Object value) {
        channel.attr((AttributeKey<Object>) key).set(value);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onStateChange(Connection connection, State newState) {
        if (newState == State.CONFIGURED) {
            sink.success(connection);
        } else if (newState == State.DISCONNECTING && connection.channel().isActive()) {
            connection.channel().close();
        }
        users.onStateChange(connection, newState);
    }

    @Override
    public void onUncaughtException(Connection connection, Throwable error) {
        sink.error(error);
        users.onUncaughtException(connection, error);
    }
}
