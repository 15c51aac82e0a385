/// Defines an indicator whose value depends on its own bar alone, by its name, its columns and an expression of them.
macro_rules! pointwise {
    ($(#[$attribute:meta])* $state:ident = $name:literal, |$($column:ident),+| $value:expr) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct $state;

        $crate::indicator::constructor!($state());
        $crate::memory::memory!($state {});

        impl $crate::Indicator<{ [$(stringify!($column)),+].len() }, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;
            const BLOCK_BARS: usize = 256;

            fn build(_: &[f64]) -> Self {
                Self
            }

            fn lookback(_: &[f64]) -> [usize; 1] {
                [0]
            }

            #[inline(always)]
            fn step(&mut self, [$($column),+]: [f64; [$(stringify!($column)),+].len()]) -> [f64; 1] {
                [$value]
            }

            #[inline(always)]
            fn run_block(
                &mut self,
                inputs: [&[f64]; [$(stringify!($column)),+].len()],
                outputs: [&mut [f64]; 1],
            ) {
                $crate::indicator::run_block_in_registers(self, inputs, outputs);
            }
        }
    };
}
pub(crate) use pointwise;
