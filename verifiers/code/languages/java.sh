# Fills the folder $1 for Java: the drivers in $2, compiled, and the classes that data sets have for tuples.
set -e
javac -d "$1" "$2"/java/*.java "$2"/java/org/javatuples/*.java
chmod -R a+rX "$1"
