package dev.weft.spring.declared;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Finds {@code @MeshClient} interfaces in the application's packages, before Boot asks whether there are HTTP services. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration",
            "org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration"
        })
@Import(MeshClientImports.class)
public final class MeshClientAutoConfiguration {}
