package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

final class WebClientOnReactorNettyHttp1Test extends HttpClientContract {
    WebClientOnReactorNettyHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return WebClientSubject.of(mesh, new ReactorClientHttpConnector());
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
