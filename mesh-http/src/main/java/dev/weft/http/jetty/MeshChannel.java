package dev.weft.http.jetty;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpChannel;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpReceiver;
import org.eclipse.jetty.client.transport.HttpSender;

/** One call. */
final class MeshChannel extends HttpChannel {
    private final MeshConnection connection;
    private final MeshSender sender;
    private final MeshReceiver receiver;

    MeshChannel(MeshConnection connection) {
        super(connection.destination());
        this.connection = connection;
        receiver = new MeshReceiver(this);
        sender = new MeshSender(this, connection.destination(), receiver);
    }

    @Override
    protected Connection getConnection() {
        return connection;
    }

    @Override
    protected HttpSender getHttpSender() {
        return sender;
    }

    @Override
    protected HttpReceiver getHttpReceiver() {
        return receiver;
    }

    @Override
    public void send(HttpExchange exchange) {
        sender.send(exchange);
    }

    /** It was never used. */
    @Override
    public void release() {
        connection.over(this);
    }

    @Override
    public void exchangeTerminated(HttpExchange exchange, Result result) {
        super.exchangeTerminated(exchange, result);
        if (result.isFailed()) {
            sender.cancel();
            receiver.close();
        }
        connection.over(this);
    }
}
