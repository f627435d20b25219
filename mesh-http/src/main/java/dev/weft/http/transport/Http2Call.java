package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its response on a stream of an HTTP/2 connection. Everything but {@link Transfer.Carrier} on its event loop. */
final class Http2Call extends ChannelInboundHandlerAdapter implements Transfer.Carrier, BodyPump.Outlet {
    private static final long CONTINUE_WAIT_MILLIS = 1_000;

    private final Http2Connection connection;
    private final Transfer transfer;
    private final Executor blocking;

    // Set when the stream is registered, before anything else happens.
    private @Nullable Channel stream;
    private @Nullable BodyPump pump;

    private boolean headWritten;
    private boolean requestComplete;
    private boolean over;
    private boolean placeGiven;
    private boolean headSeen;
    private @Nullable Throwable lastError;

    Http2Call(Http2Connection connection, Transfer transfer, Executor blocking) {
        this.connection = connection;
        this.transfer = transfer;
        this.blocking = blocking;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        stream = ctx.channel();
        pump = new BodyPump(transfer.body, connection.channel().eventLoop(), this, blocking);
    }

    private Channel stream() {
        return java.util.Objects.requireNonNull(stream);
    }

    private BodyPump pump() {
        return java.util.Objects.requireNonNull(pump);
    }

    void notOpened(Throwable cause) {
        over = true;
        givePlaceBack();
        fail(Failure.RESET_BEFORE_REQUEST, "no stream could be opened", cause);
    }

    void begin(boolean reused) {
        if (!transfer.carriedBy(this)) {
            over = true;
            stream().close();
            return;
        }
        transfer.listener.connected(reused, true);
        boolean noBody = transfer.body.length() == 0;
        Http2HeadersFrame frame = new DefaultHttp2HeadersFrame(Http2Heads.request(transfer), noBody);
        stream().writeAndFlush(frame).addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                headWritten = true;
                transfer.listener.requestSent();
            } else if (!over) {
                // A frame that was not written has reached nobody.
                lost(Failure.RESET_BEFORE_REQUEST, "the request could not be written", done.cause());
            }
        });
        if (noBody) {
            requestComplete = true;
            transfer.listener.requestComplete();
        } else if (transfer.expectContinue) {
            stream().eventLoop().schedule(this::startBody, CONTINUE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            startBody();
        }
    }

    private void startBody() {
        if (!over && !headSeen) {
            pump().start();
        }
    }

    @Override
    public boolean writable() {
        return stream().isWritable();
    }

    @Override
    public void write(ByteBuf data) {
        transfer.sent(data.readableBytes());
        stream().writeAndFlush(new DefaultHttp2DataFrame(data, false));
    }

    @Override
    public void bodyComplete() {
        requestComplete = true;
        stream().writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        transfer.listener.requestComplete();
    }

    @Override
    public void bodyBroken(Throwable cause) {
        end(Http2Error.CANCEL);
        transfer.listener.bodyFailed(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2HeadersFrame frame) {
            readHead(frame);
        } else if (message instanceof Http2DataFrame frame) {
            readData(frame);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void readHead(Http2HeadersFrame frame) {
        if (headSeen) {
            finish(Http2Heads.fields(frame.headers()));
            return;
        }
        int status = Http2Heads.status(frame.headers());
        if (status == 0 || status == 101) {
            notHttp("a response head without a valid :status");
        } else if (status < 200) {
            if (status == 100) {
                startBody();
            }
        } else {
            ResponseHead head = new ResponseHead(status, Http2Heads.fields(frame.headers()));
            headSeen = true;
            if (frame.isEndStream()) {
                release();
                transfer.listener.head(head, true);
                transfer.listener.end(Headers.EMPTY);
            } else {
                transfer.listener.head(head, false);
            }
        }
    }

    private void readData(Http2DataFrame frame) {
        ByteBuf data = frame.content();
        boolean last = frame.isEndStream();
        if (!headSeen) {
            frame.release();
            notHttp("a response body without a head");
            return;
        }
        transfer.received(data.readableBytes());
        if (last) {
            release();
        }
        boolean more = true;
        if (data.isReadable()) {
            more = transfer.listener.data(data);
        } else {
            data.release();
        }
        if (last) {
            transfer.listener.end(Headers.EMPTY);
        } else if (!more && !over) {
            stream().config().setAutoRead(false);
        }
    }

    private void finish(Headers trailers) {
        release();
        transfer.listener.end(trailers);
    }

    /** The response is whole; a request that is not has lost its purpose. */
    private void release() {
        end(Http2Error.NO_ERROR);
    }

    private void end(Http2Error reason) {
        if (over) {
            return;
        }
        over = true;
        pump().stop();
        if (!requestComplete || reason != Http2Error.NO_ERROR) {
            stream().writeAndFlush(new DefaultHttp2ResetFrame(reason));
            // What waits there to be read would keep the stream open.
            stream().close();
        }
    }

    /** Not before the stream is closed: until then it counts against the server's limit. */
    private void givePlaceBack() {
        if (!placeGiven) {
            placeGiven = true;
            connection.released();
        }
    }

    private void notHttp(String what) {
        end(Http2Error.PROTOCOL_ERROR);
        fail(Failure.RESET, what, null);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame reset && !over) {
            boolean refused = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
            lost(
                    refused ? Failure.REFUSED_STREAM : Failure.RESET,
                    "the server reset the stream: " + Http2Error.valueOf(reset.errorCode()),
                    null);
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lastError = cause;
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        givePlaceBack();
        if (over) {
            return;
        }
        if (connection.spared(((Http2StreamChannel) ctx.channel()).stream().id())) {
            lost(Failure.REFUSED_STREAM, "the server is going away and left this stream out", null);
        } else {
            Throwable cause = lastError == null ? connection.lastError() : lastError;
            lost(headWritten ? Failure.RESET : Failure.RESET_BEFORE_REQUEST, "stream closed", cause);
        }
    }

    private void lost(Failure failure, String what, @Nullable Throwable cause) {
        over = true;
        pump().stop();
        stream().close();
        fail(failure, what, cause);
    }

    private void fail(Failure failure, String what, @Nullable Throwable cause) {
        String message =
                Connector.name(connection.channel()) + ": " + what + (cause == null ? "" : ": " + cause.getMessage());
        transfer.listener.failed(failure, new ConnectionFailure(failure, message, cause));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            pump().resume();
        }
    }

    @Override
    public void drop(Transfer dropped) {
        onLoop(() -> end(Http2Error.CANCEL));
    }

    @Override
    public void resume(Transfer resumed) {
        onLoop(() -> {
            if (!over) {
                stream().config().setAutoRead(true);
            }
        });
    }

    private void onLoop(Runnable task) {
        if (connection.channel().eventLoop().inEventLoop()) {
            task.run();
        } else {
            connection.channel().eventLoop().execute(task);
        }
    }
}
