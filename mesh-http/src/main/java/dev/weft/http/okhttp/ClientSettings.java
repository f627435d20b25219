package dev.weft.http.okhttp;

import java.util.List;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.internal.connection.RealCall;

/**
 * What the client says about a call, as it is when the call runs: a client made from a wrapped one has settings of its own, and since
 * OkHttp 5.4 an interceptor may change them for one call.
 *
 * @param interceptors all application interceptors
 * @param networkInterceptors all network interceptors
 * @param listener hears what OkHttp would tell it; nobody before OkHttp 5.4
 */
record ClientSettings(
        boolean followRedirects,
        boolean followSslRedirects,
        CookieJar cookies,
        Authenticator authenticator,
        List<Interceptor> interceptors,
        List<Interceptor> networkInterceptors,
        EventListener listener) {

    private static final boolean CHAIN_TELLS = chainTells();

    private static boolean chainTells() {
        try {
            Interceptor.Chain.class.getMethod("getCookieJar");
            Interceptor.Chain.class.getMethod("getEventListener");
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    static ClientSettings of(Interceptor.Chain chain) {
        OkHttpClient client = client(chain.call());
        if (!CHAIN_TELLS) {
            return new ClientSettings(
                    client.followRedirects(),
                    client.followSslRedirects(),
                    client.cookieJar(),
                    client.authenticator(),
                    client.interceptors(),
                    client.networkInterceptors(),
                    EventListener.NONE);
        }
        return new ClientSettings(
                chain.getFollowRedirects(),
                chain.getFollowSslRedirects(),
                chain.getCookieJar(),
                chain.getAuthenticator(),
                client.interceptors(),
                client.networkInterceptors(),
                chain.getEventListener());
    }

    /** OkHttp has one kind of call, and nothing else says which client it belongs to. */
    private static OkHttpClient client(Call call) {
        return ((RealCall) call).getClient();
    }
}
