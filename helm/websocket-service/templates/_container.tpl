{{/* What the container reads from Secrets and files; later entries win over envFrom. */}}
{{- define "websocket-service.env" -}}
{{- with .Values.jwt.existingSecret }}
- name: JWT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.jwt.existingSecretKey }}
{{- end }}
{{- if or .Values.jwt.publicKeys.existingSecret .Values.jwt.publicKeys.existingConfigMap }}
- name: JWT_PUBLIC_KEY_LOCATION
  value: /etc/websocket-service/jwt/{{ .Values.jwt.publicKeys.key }}
{{- end }}
{{- with .Values.apiKeys.existingSecret }}
- name: API_KEYS
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.apiKeys.existingSecretKey }}
{{- end }}
{{- with .Values.kafka.existingSecret }}
{{- $secret := . }}
{{- range $variable, $key := $.Values.kafka.existingSecretKeys }}
{{- if $key }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.kafka.routes }}
- name: KAFKA_ROUTES_FILE
  value: /etc/websocket-service/routes/routes.yaml
{{- end }}
{{- with .Values.redis.existingSecret }}
- name: REDIS_URL
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.redis.existingSecretKey }}
{{- end }}
{{- if and (or .Values.redis.url .Values.redis.existingSecret) (not .Values.config.INSTANCE_ADDRESS) }}
- name: INSTANCE_ADDRESS
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- end }}
{{- if .Values.redis.ca.existingSecret }}
- name: REDIS_CA_FILE
  value: /etc/websocket-service/redis/{{ .Values.redis.ca.key }}
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: TLS_CERT_FILE
  value: /etc/websocket-service/tls/tls.crt
- name: TLS_KEY_FILE
  value: /etc/websocket-service/tls/tls.key
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "websocket-service.volumeMounts" -}}
- name: output
  mountPath: /output
- name: tmp
  mountPath: /tmp
{{- if or .Values.jwt.publicKeys.existingSecret .Values.jwt.publicKeys.existingConfigMap }}
- name: jwt-public-keys
  mountPath: /etc/websocket-service/jwt
  readOnly: true
{{- end }}
{{- if .Values.kafka.tls.existingSecret }}
- name: kafka-tls
  mountPath: {{ .Values.kafka.tls.mountPath }}
  readOnly: true
{{- end }}
{{- if .Values.kafka.routes }}
- name: routes
  mountPath: /etc/websocket-service/routes
  readOnly: true
{{- end }}
{{- if .Values.redis.ca.existingSecret }}
- name: redis-ca
  mountPath: /etc/websocket-service/redis
  readOnly: true
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: tls
  mountPath: /etc/websocket-service/tls
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "websocket-service.volumes" -}}
- name: output
  emptyDir:
    sizeLimit: {{ .Values.volumes.outputSize }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.volumes.tmpSize }}
{{- if .Values.jwt.publicKeys.existingSecret }}
- name: jwt-public-keys
  secret:
    secretName: {{ .Values.jwt.publicKeys.existingSecret }}
{{- else if .Values.jwt.publicKeys.existingConfigMap }}
- name: jwt-public-keys
  configMap:
    name: {{ .Values.jwt.publicKeys.existingConfigMap }}
{{- end }}
{{- with .Values.kafka.tls.existingSecret }}
- name: kafka-tls
  secret:
    secretName: {{ . }}
{{- end }}
{{- if .Values.kafka.routes }}
- name: routes
  configMap:
    name: {{ include "websocket-service.fullname" . }}-routes
{{- end }}
{{- with .Values.redis.ca.existingSecret }}
- name: redis-ca
  secret:
    secretName: {{ . }}
{{- end }}
{{- with .Values.tls.existingSecret }}
- name: tls
  secret:
    secretName: {{ . }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* A probe: the values' times, and a path of the management port, as a list of values and path. */}}
{{- define "websocket-service.probe" -}}
httpGet:
  path: {{ index . 1 }}
  port: management
{{ toYaml (index . 0) }}
{{- end }}
