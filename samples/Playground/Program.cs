// The page starts the program in a worker, and calls what Engine exports.
return 0;
