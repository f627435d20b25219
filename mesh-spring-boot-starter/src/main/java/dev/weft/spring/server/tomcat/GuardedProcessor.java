package dev.weft.spring.server.tomcat;

import java.io.IOException;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on a {@link SniffingChannel}. A connection outlives policies; where the one of now does not take it, nothing is read from it, and
 * nothing is said of what was, not even that it is no request. One connection at a time, as Tomcat has it.
 */
final class GuardedProcessor extends Http11Processor {
    private final Entrance entrance;

    GuardedProcessor(AbstractHttp11Protocol<?> protocol, Entrance entrance) {
        super(protocol, entrance);
        this.entrance = entrance;
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        if (!(socket.getSocket() instanceof SniffingChannel channel) || channel.isRefused()) {
            return SocketState.CLOSED;
        }
        entrance.of(channel);
        SocketState next = super.service(socket);
        if (next == SocketState.UPGRADING) {
            // To HTTP/2, whose preface has come, or to what a request has asked for.
            channel.begun();
        }
        return next;
    }

    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
        boolean silent = state.isIoAllowed() && !response.isCommitted() && entrance.isRefused();
        super.setErrorState(silent ? ErrorState.CLOSE_CONNECTION_NOW : state, cause);
    }
}
