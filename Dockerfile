# The instrumented example service, alone: docker build . -t example-app:1.0.0 && docker run -p 8080:8000 example-app:1.0.0

FROM golang:1.26-bookworm@sha256:a688600ca24f8a4d3ca77f95b0dd40704a9fc787c826660eb7ba0b641b8b175d AS build
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
WORKDIR /src

# The libraries are compiled in their own layer, which changes only with go.mod. A plain `go mod download` would also
# fetch the dashboards' modules, with Prometheus's engine; go build fetches only what these packages import.
COPY go.mod go.sum ./
RUN go build github.com/prometheus/client_golang/prometheus/collectors \
             github.com/prometheus/client_golang/prometheus/promhttp \
             go.opentelemetry.io/contrib/instrumentation/runtime \
             go.opentelemetry.io/otel/exporters/prometheus
COPY app ./app
RUN go build -ldflags='-s -w' -o /out/app ./app

FROM debian:bookworm-slim@sha256:7c7b2c966bc9ee8cedfeef67e0e279108992c77681fa595db4a9d65c06ccc587
LABEL org.opencontainers.image.title="example-app" \
      org.opencontainers.image.version="1.0.0" \
      org.opencontainers.image.licenses="Apache-2.0"

# curl is for the health check, here and in compose.yml.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
COPY --from=build /out/app /usr/local/bin/app

# A number, so that Kubernetes can check that it is not root.
USER 65532:65532
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=5 \
  CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8000/health"]
ENTRYPOINT ["app"]
