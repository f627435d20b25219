package dev.weft.http.okhttp;

import dev.weft.http.body.BodyStream;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.body.Leftover;
import dev.weft.runtime.Timer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Call;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/** The body of an answer, whose failures are those that a reader of OkHttp's knows. */
final class AnswerSource extends ForwardingSource {
    private final IncomingBody body;
    private final Timer timer;
    private final Call call;
    private final CallLimit limit;

    /** @param silence how long a reader waits for the next bytes; zero: for ever */
    AnswerSource(IncomingBody body, Timer timer, Duration silence, Call call, CallLimit limit) {
        super(Okio.source(new BodyStream(body, timer, silence)));
        this.body = body;
        this.timer = timer;
        this.call = call;
        this.limit = limit;
    }

    /** A short rest that nobody reads is thrown away, so that its connection can serve again. */
    @Override
    public void close() {
        Leftover.discard(body, timer);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        try {
            if (call.isCanceled()) {
                throw new IOException("Canceled");
            }
            return super.read(sink, byteCount);
        } catch (IOException e) {
            boolean itsOwn = e instanceof InterruptedIOException;
            throw !itsOwn && limit.isOver() ? CallLimit.timeout(e) : e;
        }
    }
}
