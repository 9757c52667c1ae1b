# syntax=docker/dockerfile:1
# Which images, and why no feature is installed here: docs/adr/0016-container-image.md

# npm, for the browser client.
FROM node:24.18.0-bookworm-slim AS node

# The JDK that the tests run with. The service's own is below.
FROM maven:3.9.16-eclipse-temurin-17 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY pom.xml ./
COPY liberty liberty
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package liberty:package@image

# Unpacked, and started once for its work area, where and with what it runs later.
FROM eclipse-temurin:25.0.4_7-jre-noble AS server
WORKDIR /opt/websocket-service
ENV WLP_OUTPUT_DIR=/output
COPY --from=build /build/target/image/websocket-service.tar.gz /tmp/
RUN tar -xzf /tmp/websocket-service.tar.gz --no-same-owner
COPY docker/start docker/warm docker/healthcheck bin/
COPY docker/jvm.options wlp/usr/servers/websocket-service/configDropins/defaults/
RUN bin/warm && chmod -R a+rX,go-w .

FROM eclipse-temurin:25.0.4_7-jre-noble
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="websocket-service" \
      org.opencontainers.image.description="Realtime push for app servers: Socket.IO clients, fed by Kafka and HTTP" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.4_7-jre-noble"

COPY --from=server /opt/websocket-service /opt/websocket-service
COPY LICENSE /licenses/
COPY --from=build /build/target/liberty/wlp/LICENSE /build/target/liberty/wlp/NOTICES /licenses/open-liberty/

# All that is written: logs, and Liberty's work files. Any user of group 0 may, as on OpenShift, where the user's number is
# chosen anew for each project; with a read-only root file system this and /tmp are volumes.
RUN mkdir /output && chown 1001:0 /output && chmod 775 /output
ENV WLP_OUTPUT_DIR=/output \
    # Liberty says that it is ready before it knows the application's own checks.
    MP_HEALTH_DEFAULT_READINESS_EMPTY_RESPONSE=DOWN \
    MP_HEALTH_DEFAULT_STARTUP_EMPTY_RESPONSE=DOWN
WORKDIR /output
USER 1001:0

# PORT and MANAGEMENT_PORT. The second one stays inside.
EXPOSE 3002 9080
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 CMD ["/opt/websocket-service/bin/healthcheck"]
ENTRYPOINT ["/opt/websocket-service/bin/start"]
