package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its response on an HTTP/1.1 connection. Everything but {@link Transfer.Carrier} on the event loop. */
final class Http1Call implements Transfer.Carrier, BodyPump.Outlet {
    // A body up to this size is copied behind its head and leaves in the same packet.
    private static final int SMALL = 16 * 1024;

    // How long a server may think about `expect: 100-continue` (RFC 9110, 10.1.1 asks not to wait for ever).
    private static final long CONTINUE_WAIT_MILLIS = 1_000;

    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(5).writeBytes(new byte[] {'0', '\r', '\n', '\r', '\n'}))
            .asReadOnly();

    private final Http1Connection connection;
    private final Channel channel;
    private final Transfer transfer;
    private final BodyPump pump;

    private boolean headWritten;
    private boolean requestComplete;
    private boolean over;
    private boolean keepAlive;

    // The body that follows belongs to an interim response.
    private boolean interim;

    // Held back until it is known whether a body follows; null before and after.
    private @Nullable ResponseHead pendingHead;
    private boolean headSeen;

    Http1Call(Http1Connection connection, Transfer transfer, Executor blocking) {
        this.connection = connection;
        this.channel = connection.channel();
        this.transfer = transfer;
        pump = new BodyPump(transfer.body, channel.eventLoop(), this, blocking);
    }

    void begin(boolean reused) {
        transfer.listener.connected(reused, false);
        long length = transfer.body.length();
        ByteBuf out = channel.alloc().heapBuffer(512);
        Http1Head.write(transfer.head, length, transfer.expectContinue, out);
        ByteBuffer whole = transfer.body.whole();
        boolean together = whole != null && length <= SMALL && !transfer.expectContinue;
        if (together) {
            out.writeBytes(whole);
        }
        channel.writeAndFlush(out).addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                headWritten = true;
                transfer.listener.requestSent();
            }
        });
        if (together) {
            transfer.sent((int) length);
            bodyComplete();
        } else if (transfer.expectContinue) {
            channel.eventLoop().schedule(this::startBody, CONTINUE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            startBody();
        }
    }

    private void startBody() {
        // A final answer instead of 100 means: keep it.
        if (!over && !headSeen && pendingHead == null) {
            pump.start();
        }
    }

    void resumeBody() {
        pump.resume();
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void write(ByteBuf data) {
        int bytes = data.readableBytes();
        transfer.sent(bytes);
        if (transfer.body.length() >= 0) {
            channel.writeAndFlush(data);
            return;
        }
        ByteBuf size = channel.alloc().buffer(12);
        ByteBufUtil.writeAscii(size, Integer.toHexString(bytes));
        ByteBufUtil.writeShortBE(size, '\r' << 8 | '\n');
        channel.write(size);
        channel.write(data);
        ByteBuf end = channel.alloc().buffer(2);
        channel.writeAndFlush(ByteBufUtil.writeShortBE(end, '\r' << 8 | '\n'));
    }

    @Override
    public void bodyComplete() {
        requestComplete = true;
        if (transfer.body.length() < 0) {
            channel.writeAndFlush(LAST_CHUNK.duplicate());
        }
        transfer.listener.requestComplete();
    }

    @Override
    public void bodyBroken(Throwable cause) {
        end(false);
        transfer.listener.bodyFailed(cause);
    }

    void read(Object message) {
        if (message instanceof HttpResponse response) {
            DecoderResult result = response.decoderResult();
            if (result.isFailure()) {
                ReferenceCountUtil.release(message);
                notHttp(result.cause());
                return;
            }
            readHead(response);
        }
        if (message instanceof HttpContent content && !over) {
            if (content.decoderResult().isFailure()) {
                Throwable cause = content.decoderResult().cause();
                content.release();
                notHttp(cause);
            } else if (interim) {
                content.release();
            } else {
                readContent(content);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void readHead(HttpResponse response) {
        int status = response.status().code();
        interim = status < 200;
        if (!interim) {
            keepAlive = HttpUtil.isKeepAlive(response);
            HttpHeaders fields = response.headers();
            pendingHead = new ResponseHead(status, HopByHop.stripped(headers(fields), fields.get("connection")));
        } else if (status == 100) {
            startBody();
        } else if (status == 101) {
            notHttp(new IllegalStateException("101 Switching Protocols came, and nobody had asked to"));
        }
    }

    private void readContent(HttpContent content) {
        ByteBuf data = content.content();
        transfer.received(data.readableBytes());
        if (content instanceof LastHttpContent last) {
            Headers trailers = headers(last.trailingHeaders()).build();
            ResponseHead head = pendingHead;
            pendingHead = null;
            headSeen = true;
            // Free before anybody hears of the end: the next request of the same caller shall find the connection.
            end(keepAlive && requestComplete);
            if (head != null) {
                transfer.listener.head(head, !data.isReadable());
            }
            give(data);
            transfer.listener.end(trailers);
            return;
        }
        readComplete();
        if (over) {
            data.release();
        } else if (!give(data) && !over) {
            channel.config().setAutoRead(false);
        }
    }

    private boolean give(ByteBuf data) {
        if (data.isReadable()) {
            return transfer.listener.data(data);
        }
        data.release();
        return true;
    }

    /** What was there to read has been read: a head that waited for its body has waited long enough. */
    void readComplete() {
        ResponseHead head = pendingHead;
        if (head != null) {
            pendingHead = null;
            headSeen = true;
            transfer.listener.head(head, false);
        }
    }

    private void notHttp(Throwable cause) {
        end(false);
        transfer.listener.failed(
                Failure.RESET,
                new ConnectionFailure(
                        Failure.RESET,
                        "what " + Connector.name(channel) + " sent is no HTTP/1.1 response: " + cause.getMessage(),
                        cause));
    }

    /** The connection has gone, with the response not whole. */
    void connectionLost(@Nullable Throwable cause) {
        over = true;
        pump.stop();
        // Written to the operating system is as much as can be known: the server may have seen it.
        Failure failure = headWritten ? Failure.RESET : Failure.RESET_BEFORE_REQUEST;
        String when = pendingHead != null || headSeen ? "in the middle of a response" : "before a response";
        String what = "connection to " + Connector.name(channel) + " lost " + when
                + (cause == null ? "" : ": " + cause.getMessage());
        transfer.listener.failed(failure, new ConnectionFailure(failure, what, cause));
    }

    private void end(boolean clean) {
        if (!over) {
            over = true;
            pump.stop();
            connection.done(clean);
        }
    }

    private static Headers.Builder headers(HttpHeaders fields) {
        Headers.Builder builder = Headers.builder();
        fields.forEach(field -> builder.add(field.getKey(), field.getValue()));
        return builder;
    }

    @Override
    public void drop(Transfer dropped) {
        onLoop(() -> end(false));
    }

    @Override
    public void resume(Transfer resumed) {
        onLoop(() -> {
            if (!over) {
                channel.config().setAutoRead(true);
            }
        });
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }
}
