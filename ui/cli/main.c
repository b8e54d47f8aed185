// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "options.h"

#include "continuo.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/// One command
typedef struct {
  const char* name;
  uint32_t    flag; ///< Of CliCommandFlag
  CliExit (*run)(const CliOptions* options);
  const char* usage; ///< What comes after the name
  const char* help;
} CommandRow;

static const CommandRow commands[] = {
  {"generate",
   CLI_GENERATE,
   cli_generate,
   "[OPTION]... -o FILE.mid|FILE.wav",
   "Compose a piece and write it as MIDI or sound"},
  {"score",
   CLI_SCORE,
   cli_score,
   "[OPTION]... FILE.mid...",
   "Tell how well the model expects pieces: nats per note, bits per beat"},
  {"list",
   CLI_LIST,
   cli_list,
   "[OPTION]... styles|presets|parameters|models",
   "Print what there is to choose from, one a line"},
  {"preset",
   CLI_PRESET,
   cli_preset,
   "[OPTION]... show NAME|save NAME|rename NAME NEW|delete NAME",
   "Keep presets of your own: save these settings under a name, and so on"},
  {"info",
   CLI_INFO,
   cli_info,
   "FILE.safetensors",
   "Print what a model file says of itself"},
  {"bench",
   CLI_BENCH,
   cli_bench,
   "[OPTION]... [PART]...",
   "Measure the program at work, or parts of it: writing, blocks, fresh-seeks, "
   "seeks, instances, step"},
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

void
cli_report(const char* const format, ...)
{
  va_list args;
  va_start(args, format);
  fputs("continuo: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}

static void
print_usage(void)
{
  puts("Usage: continuo COMMAND [OPTION]... [ARGUMENT]...\n"
       "Improvise music in the style of a composer.\n");
  for (size_t i = 0U; i < N_COMMANDS; ++i) {
    printf("  continuo %-8s %s\n", commands[i].name, commands[i].usage);
    printf("           %-8s %s\n", "", commands[i].help);
  }
  puts("\ncontinuo COMMAND --help prints a command's options, --version the "
       "version.\n"
       "The exit status is 0 if all went well, 1 for wrong arguments, 2 for a "
       "file that\n"
       "can't be read or written.");
}

static CliExit
run_command(const CommandRow* const command, const int argc, char** const argv)
{
  CliOptions options;
  if (!cli_options_parse(&options, command->flag, argc, argv)) {
    return CLI_BAD_ARGUMENTS;
  }
  if (options.help) {
    printf("Usage: continuo %s %s\n%s.\n\n",
           command->name,
           command->usage,
           command->help);
    cli_options_print(command->flag, stdout);
    return CLI_DONE;
  }
  return command->run(&options);
}

static CliExit
run(const int argc, char** const argv)
{
  if (argc < 2) {
    cli_report("A command is missing, see continuo --help");
    return CLI_BAD_ARGUMENTS;
  }

  const char* const name = argv[1];
  if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
    print_usage();
    return CLI_DONE;
  }
  if (!strcmp(name, "--version")) {
    puts("continuo " CONTINUO_VERSION);
    return CLI_DONE;
  }
  for (size_t i = 0U; i < N_COMMANDS; ++i) {
    if (!strcmp(name, commands[i].name)) {
      return run_command(&commands[i], argc - 2, argv + 2);
    }
  }

  cli_report("There is no command %s, see continuo --help", name);
  return CLI_BAD_ARGUMENTS;
}

int
main(int argc, char** argv)
{
  const CliExit status = run(argc, argv);
  if (fflush(stdout) || ferror(stdout)) {
    cli_report("Cannot write to standard output");
    return status ? (int)status : CLI_BAD_INPUT;
  }
  return (int)status;
}
