package dev.weft.http.spring;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * A user's factory that buffers or intercepts around another one does so for the mesh's calls too: it is asked for a request with
 * ours in the place of the one it wraps. Spring has a method for exactly that, which only subclasses may call.
 */
final class Layers {
    private static final @Nullable Method CREATE = find();

    private Layers() {}

    private static @Nullable Method find() {
        try {
            Method method = AbstractClientHttpRequestFactoryWrapper.class.getDeclaredMethod(
                    "createRequest", URI.class, HttpMethod.class, ClientHttpRequestFactory.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    static ClientHttpRequest createRequest(
            ClientHttpRequestFactory layer, URI uri, HttpMethod method, ClientHttpRequestFactory inner)
            throws IOException {
        if (CREATE == null) {
            throw new IllegalStateException("this version of spring-web does not let " + layer
                    + ", which wraps another request factory, be put on the mesh: wrap that other one instead");
        }
        try {
            return (ClientHttpRequest) CREATE.invoke(layer, uri, method, inner);
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IOException thrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
