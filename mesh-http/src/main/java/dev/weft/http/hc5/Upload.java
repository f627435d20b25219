package dev.weft.http.hc5;

import dev.weft.http.body.OutgoingBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The body that a handler of the library produces. A producer writes one body at a time, so what is larger than a page of memory is sent
 * once; smaller ones that say they are repeatable are gathered before the call begins. The handler is asked to produce in turn, without
 * the lock; it may write from any thread.
 */
final class Upload implements OutgoingBody, Flow.Subscription, DataStreamChannel {
    private static final int SMALL = 256 * 1024;
    private static final int CHUNK = 32 * 1024;

    private final AsyncClientExchangeHandler handler;
    private final EntityDetails details;
    private final InTurn turn;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock. Gathering has no subscriber yet.
    private @Nullable ByteArrayOutputStream gathering;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private boolean ended;

    // Guarded by the lock. The mesh wants no more, though the handler may have to come to its end to be content.
    private boolean unwanted;
    private boolean answered;

    // In turn, after begin() on its thread. What was gathered before it turned out to be too much.
    private ByteBuffer held = ByteBuffer.allocate(0);
    private boolean stopped;

    Upload(AsyncClientExchangeHandler handler, EntityDetails details, InTurn turn) {
        this.handler = handler;
        this.details = details;
        this.turn = turn;
    }

    /** Before the call begins: the body in memory if it is small and may be sent again, else itself. */
    OutgoingBody gathered() throws IOException {
        boolean repeatable = details instanceof AsyncEntityProducer producer && producer.isRepeatable();
        if (!repeatable || details.getContentLength() > SMALL) {
            return this;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(32, details.getContentLength()));
        gathering = bytes;
        int before;
        do {
            before = bytes.size();
            handler.produce(this);
        } while (!isEnded() && bytes.size() > before);
        return gatheredFrom(bytes);
    }

    private OutgoingBody gatheredFrom(ByteArrayOutputStream bytes) {
        lock.lock();
        try {
            gathering = null;
            if (ended) {
                return OutgoingBody.of(bytes.toByteArray());
            }
        } finally {
            lock.unlock();
        }
        held = ByteBuffer.wrap(bytes.toByteArray());
        return this;
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long length() {
        return Math.max(-1, details.getContentLength());
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public @Nullable ByteBuffer whole() {
        return null;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return wanted -> {
            change(() -> subscriber = wanted);
            wanted.onSubscribe(this);
        };
    }

    @Override
    public void request(long n) {
        change(() -> demand += n);
        requestOutput();
    }

    @Override
    public void requestOutput() {
        turn.execute(this::produce);
    }

    private void produce() {
        if (stopped || !mayProduce()) {
            return;
        }
        try {
            if (held.hasRemaining()) {
                write(held);
            } else {
                handler.produce(this);
            }
        } catch (IOException | RuntimeException e) {
            stopped = true;
            Flow.Subscriber<? super ByteBuffer> reader = subscriber();
            if (reader != null) {
                reader.onError(e);
            }
        }
    }

    private boolean mayProduce() {
        lock.lock();
        try {
            return !ended && (demand > 0 || isForNothing());
        } finally {
            lock.unlock();
        }
    }

    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber() {
        lock.lock();
        try {
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int write(ByteBuffer from) {
        lock.lock();
        try {
            if (gathering != null) {
                byte[] bytes = taken(from, SMALL - gathering.size());
                gathering.write(bytes, 0, bytes.length);
                return bytes.length;
            }
            if (isForNothing()) {
                requestOutput();
                return taken(from, from.remaining()).length;
            }
            if (demand == 0 || subscriber == null || !from.hasRemaining()) {
                return 0;
            }
            demand--;
            byte[] bytes = taken(from, CHUNK);
            subscriber.onNext(ByteBuffer.wrap(bytes));
            return bytes.length;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] taken(ByteBuffer from, int most) {
        byte[] bytes = new byte[Math.min(from.remaining(), most)];
        from.get(bytes);
        return bytes;
    }

    @Override
    public void endStream() {
        change(() -> {
            if (!ended) {
                ended = true;
                if (gathering == null && !unwanted && subscriber != null) {
                    subscriber.onComplete();
                }
            }
        });
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) {
        endStream();
    }

    @Override
    public void cancel() {
        change(() -> unwanted = true);
        requestOutput();
    }

    @Override
    public void discard(Executor blocking) {
        cancel();
    }

    /** In turn: the handler has the head of the response. From 400 on it does not wait for the end of its request. */
    void answered(int status) {
        change(() -> answered = true);
        stopped |= status >= 400;
        produce();
    }

    /** In turn: the exchange is over. */
    void stop() {
        stopped = true;
    }

    /** The handler goes on for its own sake; nobody gets what it produces. */
    private boolean isForNothing() {
        return unwanted && answered;
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
    }
}
