# shellcheck shell=bash

command_help() {
    cat <<'HELP'
The StateSet development stack: a private PostgreSQL and RabbitMQ, every service, and simulators of
every provider. Everything listens on loopback only and lives in .stateset/ of this checkout.

usage: deploy/dev <command>

  up [--detach] [--no-demo]   install what is missing, build, start all, show a few orders travel,
                              stay until Ctrl-C
                                --detach    come back once everything is healthy
                                --no-demo   without the demonstration
  status                      what runs, where, since when
  logs [service] [--follow]   the end of the logs; on a terminal they are followed
  restart [service]           build again and restart one service, or all of them
  down                        stop everything; the data stays in .stateset/
  test [filter…]              every test, on servers of its own; a filter is a regular expression
                              over test names, e.g. 'MoneyTests' or 'AMQP'
  bench [options]             measures an optimised build on servers of its own; 'bench --help' lists
                              the options. With --json the last line is one JSON object
  mutants [name…]             plants defects in a copy of this checkout, one at a time, and expects the tests
                              to notice
  help                        this page

environment
  STATESET_DEV_PORT_BASE      first port of the 150 this checkout uses (24000)
  STATESET_DEV_RELEASE=1      build with optimisation
  STATESET_SIMULATION_SEEDS   worlds that 'test Simulation' runs (10000); SEED=n runs one, with its trace
  STATESET_DEV_REPLICAS=2     two processes of every service (in tests there are always two)
  STATESET_RESILIENCE_ORDERS  how many orders the resilience suite sends through its kills (30; 200 in full)
  STATESET_RESILIENCE_RETURNS how many of their goods it sends back (6; 100 in full)
  STATESET_LOG_LEVEL          trace, debug, info (the default), notice, warning, error

.stateset/dev.env holds the addresses and keys of the running stack. To begin with empty data:
deploy/dev down && rm -rf .stateset
HELP
}
