// Package repository tests the repository as a whole, which no single package can: compose.yml, the Dockerfile and the
// generated files agree, the commands of README.md and docs/ work in a fresh clone and print what these say, packages import
// only what they may, and files and functions are short. It has tests only, and starts no container.
package repository
