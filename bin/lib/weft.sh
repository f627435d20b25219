# Sourced by bin/mesh-control, bin/meshctl and samples/*/run: finds Java and builds what is missing.
# The caller has set `program` (for messages) and `root` (the directory of the project).
# shellcheck shell=bash disable=SC2154

say() { printf '%s: %s\n' "$program" "$*" >&2; }

# 70 is none of the exit codes with which the programs themselves speak.
give_up() {
  say "$*"
  exit 70
}

# The file behind a chain of symbolic links. readlink -f is not everywhere.
behind_links() { # behind_links FILE
  local file=$1 link
  while [[ -L $file ]]; do
    link=$(readlink "$file")
    [[ $link == /* ]] || link=$(dirname "$file")/$link
    file=$link
  done
  printf '%s\n' "$file"
}

# Sets java, java_home and java_version (17, 25, ...), or gives up.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || give_up "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
  else
    java=$(command -v java) || give_up "no Java found: install a JDK, 17 or later, or set JAVA_HOME"
    java=$(behind_links "$java")
  fi
  java_home=$(cd "$(dirname "$java")/.." && pwd -P)
  java_version=
  local line
  if [[ -r $java_home/release ]]; then # much quicker than to start a JVM for it
    while IFS= read -r line; do
      [[ $line != JAVA_VERSION=* ]] || java_version=${line#JAVA_VERSION=\"}
    done <"$java_home/release"
  fi
  [[ -n $java_version ]] || java_version=$("$java" -version 2>&1 | sed -n '1s/.*"\([^"]*\)".*/\1/p')
  java_version=${java_version#1.} # 1.8.0 is 8
  java_version=${java_version%%[!0-9]*}
  [[ -n $java_version ]] || give_up "cannot tell the version of $java"
  ((java_version >= 17)) || give_up "$java is Java $java_version: JDK 17 or later is needed (set JAVA_HOME)"
}

# Options that later JDKs want to hear before gRPC, Netty and protobuf use their native and unsafe parts without a warning.
quiet_options() {
  java_options=(-Xshare:auto) # the default; an empty array is an error to the bash of macOS
  ((java_version < 22)) || java_options+=(--enable-native-access=ALL-UNNAMED)
  ((java_version < 24)) || java_options+=(--sun-misc-unsafe-memory-access=allow)
}

# Lets a program start from an archive of the classes that it loads, made once after each build by running it as given.
# Whatever goes wrong here costs time and nothing else.
share_classes() { # share_classes JAR MAIN ARGUMENT...
  local jar=$1 archive=${1%.jar}-java$java_version.jsa made
  shift
  if [[ ! $archive -nt $jar ]]; then
    made=$archive.$$
    "$java" "${java_options[@]}" -XX:ArchiveClassesAtExit="$made" "$@" </dev/null >/dev/null 2>&1 || true
    mv -f "$made" "$archive" 2>/dev/null || return 0
  fi
  # An archive of another Java is passed over; that must not be told on standard output.
  java_options+=(-XX:SharedArchiveFile="$archive" -Xlog:disable)
}

# What everything else is made of.
libraries=(mesh-core/protos mesh-core mesh-http mesh-grpc mesh-spring-boot-starter mesh-control)

# Are the class paths of these modules written, for this place, and no source newer than their last build?
are_built() { # are_built MODULE...
  local module
  for module in "$@"; do
    is_built "$module" || return 1
  done
}

is_built() { # is_built MODULE
  local target=$root/$1/target last
  [[ -r $target/runtime.classpath ]] || return 1
  last=$(newest "$target"/*-SNAPSHOT.jar "$target/built-by-script")
  [[ -n $last ]] || return 1
  # A moved or copied tree still names its old place.
  grep -qF "$root/mesh-core/" "$target/runtime.classpath" || return 1
  local module sources=("$root/pom.xml")
  for module in "${libraries[@]}" "$1"; do
    sources+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  [[ -z $(find "${sources[@]}" -type f -newer "$last" -print -quit 2>/dev/null) ]]
}

newest() { # newest FILE...
  local file best=
  for file in "$@"; do
    [[ -e $file ]] || continue
    [[ -n $best && ! $file -nt $best ]] || best=$file
  done
  printf '%s' "$best"
}

# Builds modules and what they need, if they are not built. Two at once wait for each other.
build() { # build MODULE...
  are_built "$@" && return
  mkdir -p "$root/target"
  exec 9>"$root/target/build.lock"
  if command -v flock >/dev/null; then
    flock -n 9 || { say "waiting for another build in $root"; flock 9; }
    are_built "$@" && { exec 9>&-; return; }
  fi
  command -v mvn >/dev/null || give_up "Maven is needed to build Weft and was not found: install Maven 3.8.7 or later"
  [[ -x $java_home/bin/javac ]] || give_up "$java_home has no compiler: a JDK is needed to build Weft, 17 or later (set JAVA_HOME)"
  say "building $* (a first build takes some minutes, later ones seconds)"
  local log=$root/target/build.log module
  # What runs has its jars open: removed, they stay as they were for it; written over, it would fail at the next class.
  for module in "${libraries[@]}" "$@"; do
    rm -f "$root/$module"/target/*-SNAPSHOT.jar
    rm -f "$root/$module/target/built-by-script" # or a build that fails would pass for a good one
  done
  if ! run_maven "$@" 9>&-; then
    grep -m 12 '^\[ERROR\]' "$log" >&2 || tail -n 12 "$log" >&2
    give_up "the build failed; all that Maven said is in $log"
  fi
  for module in "$@"; do
    touch "$root/$module/target/built-by-script"
  done
  exec 9>&-
}

run_maven() { # run_maven MODULE...
  # "[INFO] Building Weft :: Core 0.1.0-SNAPSHOT            [3/5]"
  local module='^\[INFO\] Building (Weft.*[^ ]) +[0-9][^ ]* +\[([0-9]+/[0-9]+)\]$'
  local modules
  modules=$(IFS=,; printf '%s' "$*")
  # Standard input stays with the caller: Maven asks nothing.
  JAVA_HOME=$java_home mvn -B -ntp -Dstyle.color=never -Dmaven.test.skip=true -f "$root/pom.xml" \
    -pl "$modules" -am package </dev/null 2>&1 | tee "$log" | while IFS= read -r line; do
    [[ ! $line =~ $module ]] ||
      say "  ${BASH_REMATCH[2]} ${BASH_REMATCH[1]}"
  done
  return "${PIPESTATUS[0]}"
}
