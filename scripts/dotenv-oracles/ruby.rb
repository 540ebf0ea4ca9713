# Reads a JSON array of .env texts from standard input and writes what dotenv makes of each: an object, or null where it
# refuses the file. `ruby -I LIB ruby.rb`, where LIB is the folder lib of the gem. Commands in values are not run.
require 'json'
require 'dotenv'
require 'dotenv/version'

Dotenv::Parser.substitutions.delete(Dotenv::Substitutions::Command)
texts = JSON.parse(STDIN.read)
results = texts.map do |text|
  ENV.clear
  Dotenv::Parser.call(text)
rescue Dotenv::FormatError
  nil
end
puts JSON.generate({ version: Dotenv::VERSION, results: results })
