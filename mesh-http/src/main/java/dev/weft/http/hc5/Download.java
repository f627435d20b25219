package dev.weft.http.hc5;

import dev.weft.http.body.IncomingBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** Gives a response body to a handler of the library, never more than it has said it can take. */
final class Download implements CapacityChannel {
    private final AsyncExchange exchange;
    private final IncomingBody body;
    private final AsyncClientExchangeHandler handler;
    private final InTurn turn;
    private final Silence silence;

    // All in turn.
    private long capacity;
    private @Nullable ByteBuffer current;
    private boolean asked;
    private boolean over;

    Download(
            AsyncExchange exchange,
            IncomingBody body,
            AsyncClientExchangeHandler handler,
            InTurn turn,
            Silence silence) {
        this.exchange = exchange;
        this.body = body;
        this.handler = handler;
        this.turn = turn;
        this.silence = silence;
    }

    void start() {
        body.onReadable(() -> turn.execute(this::give));
    }

    /** From any thread. */
    @Override
    public void update(int increment) {
        if (increment > 0) {
            turn.execute(() -> {
                capacity += increment;
                asked = false;
                give();
            });
        }
    }

    private void give() {
        if (over) {
            return;
        }
        silence.rest();
        try {
            while (capacity > 0 && next() != null) {
                consume();
            }
            if (current == null && body.over()) {
                over = true;
                handler.streamEnd(trailers());
                exchange.end();
            } else if (capacity > 0) {
                silence.begin();
            } else if (!asked) {
                asked = true;
                handler.updateCapacity(this);
            }
        } catch (HttpException | IOException | RuntimeException e) {
            exchange.fail(e);
        }
    }

    private @Nullable ByteBuffer next() throws IOException {
        if (current == null) {
            current = body.poll();
        }
        return current;
    }

    private void consume() throws IOException {
        ByteBuffer from = current;
        if (from == null) {
            return;
        }
        int count = (int) Math.min(capacity, from.remaining());
        ByteBuffer part = from.slice(from.position(), count);
        from.position(from.position() + count);
        current = from.hasRemaining() ? from : null;
        capacity -= count;
        handler.consume(part);
    }

    private List<Header> trailers() {
        List<Header> fields = new ArrayList<>();
        body.trailers().forEach((name, value) -> fields.add(new BasicHeader(name, value)));
        return fields;
    }

    /** In turn: nobody wants the rest. */
    void stop() {
        over = true;
        body.close();
    }
}
