{{/* Ends the rendering with one message that says everything that is wrong. */}}
{{- define "websocket-service.check" -}}
{{- $problems := list }}
{{- $config := .Values.config }}
{{- $given := list }}
{{- range .Values.extraEnv }}
{{- $given = append $given .name }}
{{- end }}

{{- range $name, $value := $config }}
{{- if not (kindIs "invalid" $value) }}
{{- if eq $name "JWT_SECRET" }}
{{- $problems = append $problems "config.JWT_SECRET: a ConfigMap is no place for a secret. Put it into a Secret, and set jwt.existingSecret to its name" }}
{{- else if eq $name "API_KEYS" }}
{{- $problems = append $problems "config.API_KEYS: a ConfigMap is no place for a secret. Put it into a Secret, and set apiKeys.existingSecret to its name" }}
{{- else if eq $name "REDIS_URL" }}
{{- $problems = append $problems "config.REDIS_URL: set redis.url, or redis.existingSecret where the URL holds a password" }}
{{- else if regexMatch "(PASSWORD|SECRET|JAAS_CONFIG|KEYSTORE_KEY|OTLP.*HEADERS)$" $name }}
{{- $problems = append $problems (printf "config.%s: a ConfigMap is no place for a secret. Put it into a Secret, set kafka.existingSecret to its name and kafka.existingSecretKeys.%s to its key (or use extraEnv)" $name $name) }}
{{- end }}
{{- end }}
{{- end }}

{{- if eq (default (default "development" $config.NODE_ENV) $config.APP_ENV) "production" }}
{{- $keys := or .Values.jwt.existingSecret .Values.jwt.publicKeys.existingSecret .Values.jwt.publicKeys.existingConfigMap $config.JWT_PUBLIC_KEY_LOCATION .Values.envFrom (has "JWT_SECRET" $given) (has "JWT_PUBLIC_KEY_LOCATION" $given) }}
{{- if not $keys }}
{{- $problems = append $problems "jwt.existingSecret: in production set it to the name of a Secret whose key JWT_SECRET holds 32 bytes or more, for example after `kubectl create secret generic realtime-jwt --from-literal=JWT_SECRET=\"$(openssl rand -base64 48)\"`; or set jwt.publicKeys.existingSecret or config.JWT_PUBLIC_KEY_LOCATION for public keys. To try it out without: config.APP_ENV=development" }}
{{- end }}
{{- range splitList "," (default "" $config.ALLOWED_ORIGINS) }}
{{- if eq (trim .) "*" }}
{{- $problems = append $problems "config.ALLOWED_ORIGINS: production does not allow *. List the origins of your pages, such as https://app.example.com" }}
{{- end }}
{{- end }}
{{- end }}

{{- if contains "@" .Values.redis.url }}
{{- $problems = append $problems "redis.url: it holds a user or a password. Put the URL into a Secret, and set redis.existingSecret to its name" }}
{{- end }}
{{- if and .Values.redis.url .Values.redis.existingSecret }}
{{- $problems = append $problems "redis.url: redis.existingSecret is set too; set one of them" }}
{{- end }}
{{- if eq (int64 $config.PORT) (int64 $config.MANAGEMENT_PORT) }}
{{- $problems = append $problems "config.MANAGEMENT_PORT: it must be another port than config.PORT" }}
{{- end }}
{{- if and .Values.kafka.routes (or $config.KAFKA_ROUTES $config.KAFKA_ROUTES_FILE) }}
{{- $problems = append $problems "kafka.routes: config.KAFKA_ROUTES or config.KAFKA_ROUTES_FILE is set too; set one of them" }}
{{- end }}
{{- if and .Values.jwt.publicKeys.existingSecret .Values.jwt.publicKeys.existingConfigMap }}
{{- $problems = append $problems "jwt.publicKeys: existingSecret and existingConfigMap are both set; set one of them" }}
{{- end }}
{{- if and (eq .Values.service.type "NodePort") (not .Values.service.nodePort) (not $config.PUBLIC_HOST_PORTS) }}
{{- $problems = append $problems "service.nodePort: choose a port with service.type NodePort. Clients name it in the Host header, and the service answers 404 to ports that it does not know" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int64 .Values.autoscaling.minReplicas) (int64 .Values.autoscaling.maxReplicas)) }}
{{- $problems = append $problems "autoscaling.minReplicas: it is more than autoscaling.maxReplicas" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (not (or .Values.autoscaling.targetCPUUtilizationPercentage .Values.autoscaling.targetMemoryUtilizationPercentage .Values.autoscaling.connections.enabled)) }}
{{- $problems = append $problems "autoscaling: nothing to go by; set targetCPUUtilizationPercentage, targetMemoryUtilizationPercentage or connections.enabled" }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- $problems = append $problems "httpRoute.parentRefs: name the Gateway, such as {name: public, namespace: gateways}" }}
{{- end }}
{{- $smallest := include "websocket-service.drainTime" . | int64 }}
{{- if lt (int64 (include "websocket-service.gracePeriod" .)) $smallest }}
{{- $problems = append $problems (printf "terminationGracePeriodSeconds: the pod would be killed while it drains; it must be %d or more" $smallest) }}
{{- end }}

{{- if $problems }}
{{- fail (printf "\n\nThe values have %d problem(s):\n  - %s\n" (len $problems) (join "\n  - " $problems)) }}
{{- end }}
{{- end }}
