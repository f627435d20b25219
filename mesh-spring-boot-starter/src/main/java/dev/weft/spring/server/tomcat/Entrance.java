package dev.weft.spring.server.tomcat;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * The way of a connection's requests to the application and to what Tomcat answers in its place, {@code OPTIONS *}: the first one ends the
 * opening of the connection, and each asks whether it may still be used. One connection at a time.
 */
final class Entrance implements Adapter {
    private final Adapter application;
    private @Nullable SniffingChannel channel;

    Entrance(Adapter application) {
        this.application = application;
    }

    /** Of this connection from now on. */
    void of(SniffingChannel served) {
        channel = served;
    }

    boolean isRefused() {
        SniffingChannel served = channel;
        return served == null || served.isRefused();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        SniffingChannel served = channel;
        if (served == null || served.isRefused()) {
            response.action(ActionCode.CLOSE_NOW, null);
            return;
        }
        served.begun();
        application.service(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return application.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
        return application.asyncDispatch(request, response, status);
    }

    @Override
    public void log(Request request, Response response, long time) {
        application.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        application.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return application.getDomain();
    }
}
