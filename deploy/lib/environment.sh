# shellcheck shell=bash
# What each process is told: its environment file, and dev.env for people and programs outside.

readonly SHOPIFY_SHOP=stateset-dev.myshopify.com
readonly NETSUITE_ACCOUNT=TSTDRV1234567
readonly DCL_ACCOUNT_NUMBER=10501
readonly DCL_USERNAME=stateset-dev
readonly QUICKBOOKS_REALM_ID=4620816365
readonly QUICKBOOKS_CLIENT_ID=stateset-dev
readonly HELPDESK_AGENT=agent@stateset.example
readonly HELPDESK_FROM=support@stateset.example
readonly SMTP_USERNAME=ops@mienne.test

service_role() { printf 'stateset_%s' "${1//-/_}"; }

# Services that hold state: every one but the simulators.
stateful_services() { service_names | grep -vx provider-simulators; }

# role_passwords: "order-ingest:…,api:…", as `stateset migrate` takes them.
role_passwords() {
    local service pairs=()
    for service in $(stateful_services); do pairs+=("$service:$(secret "role-$service")"); done
    (IFS=, && printf '%s' "${pairs[*]}")
}

write_service_environment() {
    local name=$1 service=${1%"$REPLICA_MARK"}
    {
        common_environment
        printf 'STATESET_ADMIN_PORT=%s\n' "$(service_port "$name" admin)"
        [[ ! $(service_port "$name" public) ]] || printf 'STATESET_HTTP_PORT=%s\n' "$(service_port "$name" public)"
        if [[ $name == provider-simulators ]]; then
            simulators_environment
        else
            printf 'STATESET_POSTGRES_URL=%s\n' \
                "$(postgres_url "$(service_role "$service")" "$(secret "role-$service")" "$POSTGRES_DATABASE")"
        fi
    } >"$ENV_HOME/$name"
}

common_environment() {
    cat <<ENVIRONMENT
STATESET_DEV=1
STATESET_HOST=127.0.0.1
STATESET_LOG_LEVEL=${STATESET_LOG_LEVEL:-info}
STATESET_AMQP_URL=$(amqp_url)
STATESET_SECRET_KEYS=$(encryption_key)
STATESET_WEBHOOK_ALLOW=127.0.0.1:$(service_port provider-simulators public)
ENVIRONMENT
    [[ $STACK != test ]] || printf 'STATESET_KILL_POINTS=%s\n' "$(kill_plan)"
}

# test_environment: what only tests may know, the second replicas among it.
test_environment() {
    printf 'STATESET_KILL_POINTS=%s\n' "$(kill_plan)"
    printf 'STATESET_GATEWAY_URL_2=%s\n' "$(service_url "ingest-gateway$REPLICA_MARK" public)"
    printf 'STATESET_API_URL_2=%s\n' "$(service_url "api$REPLICA_MARK" public)"
}

# kill_plan: where a test may put a file that says at which points our processes are to die.
kill_plan() { printf '%s/kill-points' "$RUN_HOME"; }

simulators_environment() {
    cat <<ENVIRONMENT
STATESET_GATEWAY_URL=$(service_url ingest-gateway public)
STATESET_WORKSPACE=$(workspace_id)
STATESET_SHOPIFY_SHOP=$SHOPIFY_SHOP
STATESET_SHOPIFY_ACCESS_TOKEN=$(secret shopify-access-token)
STATESET_SHOPIFY_WEBHOOK_SECRET=$(secret shopify-webhook)
STATESET_NETSUITE_ACCOUNT=$NETSUITE_ACCOUNT
STATESET_NETSUITE_CONSUMER_KEY=$(secret netsuite-consumer-key)
STATESET_NETSUITE_CONSUMER_SECRET=$(secret netsuite-consumer-secret)
STATESET_NETSUITE_TOKEN_ID=$(secret netsuite-token-id)
STATESET_NETSUITE_TOKEN_SECRET=$(secret netsuite-token-secret)
STATESET_DCL_ACCOUNT_NUMBER=$DCL_ACCOUNT_NUMBER
STATESET_DCL_USERNAME=$DCL_USERNAME
STATESET_DCL_PASSWORD=$(secret dcl-password)
STATESET_DCL_WEBHOOK_SECRET=$(secret dcl-webhook)
STATESET_SHIPSTATION_API_KEY=$(secret shipstation-api-key)
STATESET_SHIPSTATION_WEBHOOK_SECRET=$(secret shipstation-webhook)
STATESET_STRIPE_SECRET_KEY=sk_test_$(secret stripe-key)
STATESET_STRIPE_WEBHOOK_SECRET=whsec_$(secret stripe-webhook)
STATESET_RECHARGE_ACCESS_TOKEN=$(secret recharge-access-token)
STATESET_RECHARGE_CLIENT_SECRET=$(secret recharge-client-secret)
STATESET_QUICKBOOKS_REALM_ID=$QUICKBOOKS_REALM_ID
STATESET_QUICKBOOKS_CLIENT_ID=$QUICKBOOKS_CLIENT_ID
STATESET_QUICKBOOKS_CLIENT_SECRET=$(secret quickbooks-client-secret)
STATESET_QUICKBOOKS_REFRESH_TOKEN=$(secret quickbooks-refresh-token)
STATESET_QUICKBOOKS_VERIFIER_TOKEN=$(secret quickbooks-verifier)
STATESET_GORGIAS_USERNAME=$HELPDESK_AGENT
STATESET_GORGIAS_API_KEY=$(secret gorgias-api-key)
STATESET_GORGIAS_FROM_ADDRESS=$HELPDESK_FROM
STATESET_GORGIAS_WEBHOOK_SECRET=$(secret gorgias-webhook)
STATESET_ZENDESK_EMAIL=$HELPDESK_AGENT
STATESET_ZENDESK_API_TOKEN=$(secret zendesk-api-token)
STATESET_ZENDESK_WEBHOOK_SECRET=$(secret zendesk-webhook)
STATESET_SMTP_PORT=$SMTP_PORT
STATESET_SMTP_USERNAME=$SMTP_USERNAME
STATESET_SMTP_PASSWORD=$(secret smtp-password)
ENVIRONMENT
    local limit
    for limit in $(compgen -e STATESET_SIM_ || :); do printf '%s=%s\n' "$limit" "${!limit}"; done
}

# Whole or not at all: programs may read it while it is written anew.
write_dev_environment() {
    (umask 077 && dev_environment >"$STACK_HOME/dev.env.new" && mv "$STACK_HOME/dev.env.new" "$STACK_HOME/dev.env")
}

dev_environment() {
    local service
    cat <<ENVIRONMENT
STATESET_API_URL=$(service_url api public)
STATESET_API_KEY=$(api_key)
STATESET_GATEWAY_URL=$(service_url ingest-gateway public)
STATESET_SIMULATORS_URL=$(service_url provider-simulators public)
STATESET_WORKSPACE=$(workspace_id)
STATESET_POSTGRES_URL=$(postgres_admin_url)
STATESET_AMQP_URL=$(amqp_url)
STATESET_RABBITMQ_MANAGEMENT_URL=$(management_url)
STATESET_CLI=$(<"$RUN_HOME/build-folder")/stateset
STATESET_SHOPIFY_SHOP=$SHOPIFY_SHOP
STATESET_SHOPIFY_WEBHOOK_SECRET=$(secret shopify-webhook)
STATESET_DCL_WEBHOOK_SECRET=$(secret dcl-webhook)
STATESET_GORGIAS_WEBHOOK_SECRET=$(secret gorgias-webhook)
STATESET_ZENDESK_WEBHOOK_SECRET=$(secret zendesk-webhook)
STATESET_WEBHOOK_ALLOW=127.0.0.1:$(service_port provider-simulators public)
STATESET_SECRET_KEYS=$(encryption_key)
STATESET_DEV=1
ENVIRONMENT
    [[ $STACK != test ]] || test_environment
    for service in $(service_names); do
        printf 'STATESET_%s_ADMIN_URL=%s\n' "$(tr 'a-z-' 'A-Z_' <<<"$service")" "$(service_url "$service" admin)"
    done
}
