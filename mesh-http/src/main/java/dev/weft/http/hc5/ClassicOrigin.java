package dev.weft.http.hc5;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** First in the chain: remembers what only the first request of an execution knows. */
final class ClassicOrigin implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Origin.here(scope.clientContext, scope.originalRequest).remember(scope.clientContext);
        try {
            return chain.proceed(request, scope);
        } finally {
            Origin.forget(scope.clientContext);
        }
    }
}
