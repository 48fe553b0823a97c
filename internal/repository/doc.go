// Package repository tests the repository as a whole, beyond any single package: compose.yml, the Dockerfile and the
// generated files agree, the README's commands work in a fresh clone, packages import only what they may, and files
// and functions are short. It has only tests, and starts no container.
package repository
