;; What every acceptor needs. Positions are addresses; a position of 0 says that nothing is known.

(global $end (mut i32) (i32.const 0))      ;; just behind the text
(global $at (mut i32) (i32.const 0))       ;; how far has been read, about
(global $left (mut i32) (i32.const 0))     ;; bytes that may still be read again
(global $depth (mut i32) (i32.const 0))    ;; levels that are open
(global $top (mut i32) (i32.const 0))      ;; end of the names that are kept
(global $characters (mut i32) (i32.const 0))
(global $digits (mut i64) (i64.const 0))   ;; the last number without its point
(global $length (mut i32) (i32.const 0))   ;; how many digits these are
(global $places (mut i32) (i32.const 0))   ;; how many of them are behind the point
(global $point (mut i32) (i32.const 0))    ;; whether there is one

(func $blanks (param $p i32) (result i32)
  (local $c i32)
  (loop $more
    (local.set $c (i32.load8_u (local.get $p)))
    (if (i32.or
          (i32.or (i32.eq (local.get $c) (i32.const 0x20)) (i32.eq (local.get $c) (i32.const 0x0a)))
          (i32.or (i32.eq (local.get $c) (i32.const 0x0d)) (i32.eq (local.get $c) (i32.const 0x09))))
      (then
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $more))))
  (local.get $p))

;; The length of a character of several bytes (RFC 3629 section 4); 0 where it is none.
(func $character (param $p i32) (result i32)
  (local $a i32) (local $b i32)
  (local.set $a (i32.load8_u (local.get $p)))
  (local.set $b (i32.load8_u offset=1 (local.get $p)))
  (if (i32.ne (i32.and (local.get $b) (i32.const 0xc0)) (i32.const 0x80)) (then (return (i32.const 0))))
  (if (i32.lt_u (local.get $a) (i32.const 0xc2)) (then (return (i32.const 0))))
  (if (i32.lt_u (local.get $a) (i32.const 0xe0)) (then (return (i32.const 2))))
  (if (i32.ne (i32.and (i32.load8_u offset=2 (local.get $p)) (i32.const 0xc0)) (i32.const 0x80))
    (then (return (i32.const 0))))
  (if (i32.lt_u (local.get $a) (i32.const 0xf0))
    (then
      ;; too long a form, and surrogates
      (if (i32.and (i32.eq (local.get $a) (i32.const 0xe0)) (i32.lt_u (local.get $b) (i32.const 0xa0)))
        (then (return (i32.const 0))))
      (if (i32.and (i32.eq (local.get $a) (i32.const 0xed)) (i32.ge_u (local.get $b) (i32.const 0xa0)))
        (then (return (i32.const 0))))
      (return (i32.const 3))))
  (if (i32.ne (i32.and (i32.load8_u offset=3 (local.get $p)) (i32.const 0xc0)) (i32.const 0x80))
    (then (return (i32.const 0))))
  (if (i32.and (i32.eq (local.get $a) (i32.const 0xf0)) (i32.lt_u (local.get $b) (i32.const 0x90)))
    (then (return (i32.const 0))))
  (if (i32.or (i32.gt_u (local.get $a) (i32.const 0xf4))
        (i32.and (i32.eq (local.get $a) (i32.const 0xf4)) (i32.ge_u (local.get $b) (i32.const 0x90))))
    (then (return (i32.const 0))))
  (i32.const 4))

;; From behind the opening quote of a string to behind the closing one; counts its characters.
(func $string (param $p i32) (result i32)
  (local $v v128) (local $m i32) (local $c i32) (local $more_bytes i32) (local $start i32)
  (local.set $start (local.get $p))
  (loop $more
    (local.set $v (v128.load (local.get $p)))
    ;; quotes, backslashes, and, as signed bytes below 32, control characters and what is not ASCII
    (local.set $m (i8x16.bitmask (v128.or
      (v128.or
        (i8x16.eq (local.get $v) (v128.const i8x16 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34))
        (i8x16.eq (local.get $v) (v128.const i8x16 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92 92)))
      (i8x16.lt_s (local.get $v) (v128.const i8x16 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32)))))
    (if (i32.eqz (local.get $m))
      (then
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $more)))
    (local.set $p (i32.add (local.get $p) (i32.ctz (local.get $m))))
    (global.set $at (local.get $p))
    (local.set $c (i32.load8_u (local.get $p)))
    (if (i32.eq (local.get $c) (i32.const 0x22))
      (then
        (global.set $characters
          (i32.sub (i32.sub (local.get $p) (local.get $start)) (local.get $more_bytes)))
        (return (i32.add (local.get $p) (i32.const 1)))))
    (if (i32.lt_u (local.get $c) (i32.const 0x20)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $c) (i32.const 0x5c))
      (then
        (if (i32.eqz (call $escape (i32.load8_u offset=1 (local.get $p)))) (then (return (i32.const 0))))
        (local.set $m (i32.const 2)))
      (else
        (local.set $m (call $character (local.get $p)))
        (if (i32.eqz (local.get $m)) (then (return (i32.const 0))))))
    (local.set $p (i32.add (local.get $p) (local.get $m)))
    (local.set $more_bytes (i32.add (local.get $more_bytes) (i32.sub (local.get $m) (i32.const 1))))
    (br $more))
  (unreachable))

;; Whether the character behind a backslash stands for one; code units in digits are left to the validator.
(func $escape (param $c i32) (result i32)
  (i32.or
    (i32.or
      (i32.or (i32.eq (local.get $c) (i32.const 0x22)) (i32.eq (local.get $c) (i32.const 0x5c)))
      (i32.or (i32.eq (local.get $c) (i32.const 0x2f)) (i32.eq (local.get $c) (i32.const 0x62))))
    (i32.or
      (i32.or (i32.eq (local.get $c) (i32.const 0x66)) (i32.eq (local.get $c) (i32.const 0x6e)))
      (i32.or (i32.eq (local.get $c) (i32.const 0x72)) (i32.eq (local.get $c) (i32.const 0x74))))))

;; The same for a string that an automaton reads. A state is the address of its row, which holds the next state for each
;; class, of 2 bytes each; 0 refuses and 1 accepts. Address 0 maps bytes to the offsets of their classes.
(func $matched (param $p i32) (param $state i32) (result i32)
  (loop $more
    (local.set $state (i32.load16_u
      (i32.add (local.get $state) (i32.load8_u (i32.load8_u (local.get $p))))))
    (local.set $p (i32.add (local.get $p) (i32.const 1)))
    (br_if $more (i32.gt_u (local.get $state) (i32.const 1))))
  (global.set $at (local.get $p))
  (select (local.get $p) (i32.const 0) (local.get $state)))

;; A number without an exponent and of at most 18 digits.
(func $number (param $p i32) (result i32)
  (local $c i32) (local $start i32) (local $digits i64) (local $negative i32) (local $length i32)
  (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 0x2d))
    (then
      (local.set $negative (i32.const 1))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))))
  (local.set $start (local.get $p))
  (loop $more
    (local.set $c (i32.sub (i32.load8_u (local.get $p)) (i32.const 0x30)))
    (if (i32.lt_u (local.get $c) (i32.const 10))
      (then
        (local.set $digits
          (i64.add (i64.mul (local.get $digits) (i64.const 10)) (i64.extend_i32_u (local.get $c))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $more))))
  (local.set $length (i32.sub (local.get $p) (local.get $start)))
  (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
  (if (i32.and (i32.eq (i32.load8_u (local.get $start)) (i32.const 0x30))
        (i32.gt_u (local.get $length) (i32.const 1)))
    (then (return (i32.const 0))))
  (global.set $places (i32.const 0))
  (global.set $point (i32.const 0))
  (if (i32.eq (local.get $c) (i32.const -2)) ;; a point
    (then
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (local.set $start (local.get $p))
      (loop $more
        (local.set $c (i32.sub (i32.load8_u (local.get $p)) (i32.const 0x30)))
        (if (i32.lt_u (local.get $c) (i32.const 10))
          (then
            (local.set $digits
              (i64.add (i64.mul (local.get $digits) (i64.const 10)) (i64.extend_i32_u (local.get $c))))
            (local.set $p (i32.add (local.get $p) (i32.const 1)))
            (br $more))))
      (global.set $places (i32.sub (local.get $p) (local.get $start)))
      (if (i32.eqz (global.get $places)) (then (return (i32.const 0))))
      (global.set $point (i32.const 1))
      (local.set $length (i32.add (local.get $length) (global.get $places)))))
  (if (i32.gt_u (local.get $length) (i32.const 18)) (then (return (i32.const 0))))
  (if (i32.eq (i32.or (local.get $c) (i32.const 0x20)) (i32.const 0x35)) ;; an exponent
    (then (return (i32.const 0))))
  (global.set $length (local.get $length))
  (global.set $digits
    (select (i64.sub (i64.const 0) (local.get $digits)) (local.get $digits) (local.get $negative)))
  (local.get $p))

;; The value of the last number, of at most 15 digits: the quotient of two numbers that are exact is rounded once.
(func $value (result f64)
  (f64.div
    (f64.convert_i64_s (global.get $digits))
    (f64.load offset={powers} (i32.shl (global.get $places) (i32.const 3)))))

;; From behind the opening quote of a name to behind the closing one. Names with escapes are left to the validator.
(func $name (param $p i32) (result i32)
  (local $c i32) (local $m i32)
  (loop $more
    (local.set $c (i32.load8_u (local.get $p)))
    (if (i32.eq (local.get $c) (i32.const 0x22)) (then (return (i32.add (local.get $p) (i32.const 1)))))
    (if (i32.or (i32.lt_u (local.get $c) (i32.const 0x20)) (i32.eq (local.get $c) (i32.const 0x5c)))
      (then (return (i32.const 0))))
    (local.set $m (i32.const 1))
    (if (i32.ge_u (local.get $c) (i32.const 0x80))
      (then
        (local.set $m (call $character (local.get $p)))
        (if (i32.eqz (local.get $m)) (then (return (i32.const 0))))))
    (local.set $p (i32.add (local.get $p) (local.get $m)))
    (br $more))
  (unreachable))

;; Keeps the name from $p to $q; whether it is the first of it since $base.
(func $keep (param $p i32) (param $q i32) (param $base i32) (result i32)
  (local $n i32) (local $i i32) (local $a i32)
  (local.set $n (i32.sub (local.get $q) (local.get $p)))
  (if (i32.ge_u (global.get $top) (i32.const {names_end})) (then (return (i32.const 0))))
  (block $kept
    (loop $next
      (br_if $kept (i32.ge_u (local.get $base) (global.get $top)))
      (if (i32.eq (i32.load offset=4 (local.get $base)) (local.get $n))
        (then
          (local.set $a (i32.load (local.get $base)))
          (local.set $i (i32.const 0))
          (block $differs
            (loop $same
              (br_if $differs (i32.ne
                (i32.load8_u (i32.add (local.get $a) (local.get $i)))
                (i32.load8_u (i32.add (local.get $p) (local.get $i)))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br_if $same (i32.lt_u (local.get $i) (local.get $n))))
            (return (i32.const 0)))))
      (global.set $left (i32.sub (global.get $left) (i32.const 1)))
      (if (i32.lt_s (global.get $left) (i32.const 0)) (then (return (i32.const 0))))
      (local.set $base (i32.add (local.get $base) (i32.const 8)))
      (br $next)))
  (i32.store (global.get $top) (local.get $p))
  (i32.store offset=4 (global.get $top) (local.get $n))
  (global.set $top (i32.add (global.get $top) (i32.const 8)))
  (i32.const 1))

;; From behind a name to its value.
(func $colon (param $p i32) (result i32)
  (local.set $p (call $blanks (local.get $p)))
  (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x3a)) (then (return (i32.const 0))))
  (call $blanks (i32.add (local.get $p) (i32.const 1))))

(func $open (result i32)
  (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
  (i32.le_u (global.get $depth) (i32.const 200)))

(func $close
  (global.set $depth (i32.sub (global.get $depth) (i32.const 1))))

;; Any value.
(func $any (param $p i32) (result i32)
  (local $c i32)
  (local.set $c (i32.load8_u (local.get $p)))
  (global.set $at (local.get $p))
  (if (i32.eq (local.get $c) (i32.const 0x22))
    (then (return (call $string (i32.add (local.get $p) (i32.const 1))))))
  (if (i32.eq (local.get $c) (i32.const 0x7b)) (then (return (call $any_object (local.get $p)))))
  (if (i32.eq (local.get $c) (i32.const 0x5b)) (then (return (call $any_array (local.get $p)))))
  (if (i32.eq (i32.load (local.get $p)) (i32.const 0x65757274)) ;; true
    (then (return (i32.add (local.get $p) (i32.const 4)))))
  (if (i32.eq (i32.load (local.get $p)) (i32.const 0x6c6c756e)) ;; null
    (then (return (i32.add (local.get $p) (i32.const 4)))))
  (if (i32.and (i32.eq (local.get $c) (i32.const 0x66))
        (i32.eq (i32.load offset=1 (local.get $p)) (i32.const 0x65736c61))) ;; false
    (then (return (i32.add (local.get $p) (i32.const 5)))))
  (call $number (local.get $p)))

(func $any_array (param $p i32) (result i32)
  (local $c i32)
  (if (i32.eqz (call $open)) (then (return (i32.const 0))))
  (local.set $p (call $blanks (i32.add (local.get $p) (i32.const 1))))
  (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x5d))
    (then
      (loop $more
        (local.set $p (call $any (local.get $p)))
        (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
        (local.set $p (call $blanks (local.get $p)))
        (local.set $c (i32.load8_u (local.get $p)))
        (if (i32.eq (local.get $c) (i32.const 0x2c))
          (then
            (local.set $p (call $blanks (i32.add (local.get $p) (i32.const 1))))
            (br $more))))
      (if (i32.ne (local.get $c) (i32.const 0x5d)) (then (return (i32.const 0))))))
  (call $close)
  (i32.add (local.get $p) (i32.const 1)))

(func $any_object (param $p i32) (result i32)
  (local $c i32) (local $q i32) (local $base i32)
  (if (i32.eqz (call $open)) (then (return (i32.const 0))))
  (local.set $base (global.get $top))
  (local.set $p (call $blanks (i32.add (local.get $p) (i32.const 1))))
  (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x7d))
    (then
      (loop $more
        (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x22)) (then (return (i32.const 0))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (local.set $q (call $name (local.get $p)))
        (if (i32.eqz (local.get $q)) (then (return (i32.const 0))))
        (if (i32.eqz (call $keep (local.get $p) (local.get $q) (local.get $base)))
          (then (return (i32.const 0))))
        (local.set $p (call $colon (local.get $q)))
        (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
        (local.set $p (call $any (local.get $p)))
        (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
        (local.set $p (call $blanks (local.get $p)))
        (local.set $c (i32.load8_u (local.get $p)))
        (if (i32.eq (local.get $c) (i32.const 0x2c))
          (then
            (local.set $p (call $blanks (i32.add (local.get $p) (i32.const 1))))
            (br $more))))
      (if (i32.ne (local.get $c) (i32.const 0x7d)) (then (return (i32.const 0))))))
  (global.set $top (local.get $base))
  (call $close)
  (i32.add (local.get $p) (i32.const 1)))
