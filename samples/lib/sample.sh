# Sourced by samples/*/run: a control plane and a greeter on this machine, then the sample as one process in front of them.
# The caller has set `program` (its name), `home` (its directory) and `root` (the directory of the project), and, where the greeter
# is another than the usual one, `greeter` (its module and its main class).
# shellcheck shell=bash disable=SC2154

# shellcheck source=bin/lib/weft.sh
source "$root/bin/lib/weft.sh"

[[ -n ${greeter-} ]] || greeter=(samples/greeter dev.weft.samples.greeter.Greeter)

# Runs the main class of the module samples/PROGRAM with what it needs around it. Ends with what the sample ended with, and
# fails if the greeter was not heard.
sample() { # sample MAIN ARGUMENT...
  find_java
  local modules=(mesh-control "samples/$program")
  [[ ${greeter[0]} == "samples/$program" ]] || modules+=("${greeter[0]}")
  build "${modules[@]}"
  quiet_options
  stage=$(mktemp -d)
  children=()
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM

  mkdir "$stage/none"
  local config=$home/mesh
  [[ -d $config ]] || config=$stage/none
  start control mesh-control dev.weft.control.cli.MeshControl serve --config "$config" --port 0 --data "$stage/control.data" \
    --local-token "$stage/token"
  wait_for control 'mesh-control is ready on '
  local plane
  plane=$(sed -n 's/^.*mesh-control is ready on \([^ ]*\) .*$/\1/p' "$stage/control.log" | head -n 1)
  export MESH_CONTROL_PLANE=$plane MESH_TRUST_LOCAL_TOKEN_FILE=$stage/token

  MESH_DATA_DIRECTORY=$stage/greeter.data start greeter "${greeter[@]}"
  wait_for greeter 'greeter is ready'

  local code=0
  MESH_DATA_DIRECTORY=$stage/$program.data run_java "samples/$program" "$@" | tee "$stage/heard" || code=$?
  ((code == 0)) || exit "$code"
  grep -q '^hello, ' "$stage/heard" || give_up "the greeter was not heard"
}

run_java() { # run_java MODULE MAIN ARGUMENT...
  local jar=("$root/$1"/target/*-SNAPSHOT.jar)
  CLASSPATH=${jar[0]}:$(<"$root/$1/target/runtime.classpath") \
    "$java" "${java_options[@]}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "${@:2}"
}

start() { # start NAME MODULE MAIN ARGUMENT...
  : >"$stage/$1.log" # there to be looked at before the process has begun
  run_java "${@:2}" >"$stage/$1.log" 2>&1 </dev/null &
  children+=($!)
}

# A process that died is not waited for.
wait_for() { # wait_for NAME TEXT
  local child=${children[${#children[@]} - 1]} tries=0
  until grep -qF "$2" "$stage/$1.log"; do
    kill -0 "$child" 2>/dev/null && ((tries++ < 600)) || {
      cat "$stage/$1.log" >&2
      give_up "$1 did not start"
    }
    sleep 0.05
  done
}

clean_up() {
  local child
  for child in "${children[@]-}"; do
    [[ -z $child ]] || pkill -TERM -P "$child" 2>/dev/null || true
    [[ -z $child ]] || kill "$child" 2>/dev/null || true
  done
  wait 2>/dev/null || true
  rm -rf "$stage"
}
