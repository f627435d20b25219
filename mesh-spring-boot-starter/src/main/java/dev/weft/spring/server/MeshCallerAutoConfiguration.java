package dev.weft.spring.server;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Controllers that ask for their caller. Also without a mesh, where everybody is anonymous: a test without one is no other application. */
@AutoConfiguration
@Import(CallerInMvc.class)
public class MeshCallerAutoConfiguration {}
